//! What a case created.

use redeliver_model::Service;
use serde_json::Value;

/// A queue that the case created, or may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Queue {
    /// Its name.
    pub(super) name: String,
    /// Its URL; `None` when the reply that gives it never came.
    pub(super) url: Option<String>,
}

/// What a case created, oldest first.
#[derive(Debug, Default)]
pub(super) struct Created {
    queues: Vec<Queue>,
}

impl Created {
    /// Notes that a call is about to be sent. Only names that hold `unique` are the case's own: a queue of any other name may have been
    /// there before, and is never deleted.
    pub(super) fn sent(&mut self, service: Service, operation: &str, input: &Value, unique: &str) {
        if (service, operation) != (Service::Sqs, "CreateQueue") {
            return;
        }
        let name = text(input, "QueueName");
        if name.contains(unique) && self.queues.iter().all(|queue| queue.name != name) {
            self.queues.push(Queue { name: name.to_owned(), url: None });
        }
    }

    /// Notes that a call succeeded.
    pub(super) fn succeeded(&mut self, service: Service, operation: &str, input: &Value, output: &Value) {
        match (service, operation) {
            (Service::Sqs, "CreateQueue") => {
                let name = text(input, "QueueName");
                let url = output.get("QueueUrl").and_then(Value::as_str);
                if let Some(queue) = self.queues.iter_mut().find(|queue| queue.name == name) {
                    queue.url = url.map(str::to_owned);
                }
            }
            (Service::Sqs, "DeleteQueue") => {
                let url = text(input, "QueueUrl");
                self.queues.retain(|queue| queue.url.as_deref() != Some(url));
            }
            _ => {}
        }
    }

    /// Notes that a call was refused.
    pub(super) fn refused(&mut self, service: Service, operation: &str, input: &Value) {
        if (service, operation) == (Service::Sqs, "CreateQueue") {
            let name = text(input, "QueueName");
            self.queues.retain(|queue| queue.name != name || queue.url.is_some());
        }
    }

    /// What is left to delete, newest first.
    pub(super) fn take(&mut self) -> Vec<Queue> {
        let mut queues = std::mem::take(&mut self.queues);
        queues.reverse();
        queues
    }
}

/// The name of the queue that a raw request creates, if it does: it answers in some format or other, and cleaning up looks the queue up.
pub(super) fn raw_queue(request: &Value) -> Option<&str> {
    let body = |form: &str| request.get("body").and_then(|body| body.get(form));
    let target = request.get("headers").and_then(Value::as_object).into_iter().flatten();
    let mut target = target.filter(|(name, _)| name.eq_ignore_ascii_case("x-amz-target")).map(|(_, value)| value);
    if target.any(|target| target.as_str().is_some_and(|target| target.ends_with(".CreateQueue"))) {
        return body("json")?.get("QueueName")?.as_str();
    }
    let parameters = [request.get("query"), body("form")];
    let find = |name| parameters.iter().flatten().find_map(|names| names.get(name)?.as_str());
    find("QueueName").filter(|_| find("Action") == Some("CreateQueue"))
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn create(created: &mut Created, name: &str) {
        created.sent(Service::Sqs, "CreateQueue", &json!({ "QueueName": name }), "mine");
    }

    fn answer(created: &mut Created, name: &str) {
        let url = json!({ "QueueUrl": format!("http://h/{name}") });
        created.succeeded(Service::Sqs, "CreateQueue", &json!({ "QueueName": name }), &url);
    }

    fn left(created: &mut Created) -> Vec<(String, bool)> {
        created.take().into_iter().map(|queue| (queue.name, queue.url.is_some())).collect()
    }

    #[test]
    fn the_newest_is_deleted_first_and_what_the_case_deleted_is_not() {
        let mut created = Created::default();
        for name in ["mine-1", "mine-2", "mine-3", "mine-2"] {
            create(&mut created, name);
            answer(&mut created, name);
        }
        created.succeeded(Service::Sqs, "DeleteQueue", &json!({ "QueueUrl": "http://h/mine-1" }), &json!({}));
        assert_eq!(left(&mut created), [("mine-3".to_owned(), true), ("mine-2".to_owned(), true)]);
        assert_eq!(left(&mut created), []);
    }

    #[test]
    fn a_queue_whose_creation_got_no_reply_is_looked_for_and_a_refused_one_is_not() {
        let mut created = Created::default();
        create(&mut created, "mine-lost");
        create(&mut created, "mine-refused");
        created.refused(Service::Sqs, "CreateQueue", &json!({ "QueueName": "mine-refused" }));
        assert_eq!(left(&mut created), [("mine-lost".to_owned(), false)]);
    }

    #[test]
    fn a_raw_request_that_creates_a_queue_is_recognised() {
        let target = json!({ "X-Amz-Target": "AmazonSQS.CreateQueue" });
        let requests = [
            json!({ "headers": target, "body": { "json": { "QueueName": "q" } } }),
            json!({ "query": { "Action": "CreateQueue", "QueueName": "q" } }),
            json!({ "query": { "Action": "CreateQueue" }, "body": { "form": { "QueueName": "q" } } }),
        ];
        for request in requests {
            assert_eq!(raw_queue(&request), Some("q"), "{request}");
        }
        let form = json!({ "Action": "GetQueueUrl", "QueueName": "q" });
        for request in [json!({ "body": { "form": form } }), json!({ "query": "Action=CreateQueue" }), json!({})] {
            assert_eq!(raw_queue(&request), None, "{request}");
        }
    }

    #[test]
    fn queues_of_other_names_are_left_alone() {
        let mut created = Created::default();
        create(&mut created, "orders");
        answer(&mut created, "orders");
        assert_eq!(left(&mut created), []);
    }
}
