//! What a target can have or lack.

words! {
    /// Something that a target declares to have; a case that requires what the target lacks is skipped with that reason.
    #[derive(PartialOrd, Ord)]
    pub enum Feature: "feature" {
        SqsStandard = "sqs.standard": "standard queues",
        SqsFifo = "sqs.fifo": "FIFO queues",
        SqsHighThroughputFifo = "sqs.high-throughput-fifo": "deduplication scope and throughput limit attributes",
        SqsFairQueues = "sqs.fair-queues": "message groups on standard queues",
        SqsDeadLetter = "sqs.dead-letter": "dead-letter queues",
        SqsMoveTasks = "sqs.move-tasks": "message move tasks",
        SqsPolicies = "sqs.policies": "permissions and policies",
        SqsTags = "sqs.tags": "tags",
        SqsEncryption = "sqs.encryption": "encryption attributes",
        SqsJson = "sqs.json": "the AWS JSON protocol, request by request",
        SqsQuery = "sqs.query": "the AWS query protocol with answers in XML",
        SqsQueryJson = "sqs.query-json": "the AWS query protocol with answers in JSON",
        SqsSignatures = "sqs.signatures": "signatures that are verified",
        SnsStandard = "sns.standard": "standard topics",
        SnsFifo = "sns.fifo": "FIFO topics",
        SnsHighThroughputFifo = "sns.high-throughput-fifo": "deduplication and throughput by message group",
        SnsFairQueues = "sns.fair-queues": "message groups on standard topics",
        SnsSqs = "sns.sqs": "deliveries to queues",
        SnsHttp = "sns.http": "deliveries to HTTP and HTTPS endpoints",
        SnsCrossAccount = "sns.cross-account": "topics and queues of two accounts",
        SnsCrossRegion = "sns.cross-region": "deliveries to queues of another region",
        SnsFilterPolicies = "sns.filter-policies": "filter policies",
        SnsDeadLetter = "sns.dead-letter": "dead-letter queues of subscriptions",
        SnsArchive = "sns.archive": "message archive and replay",
        SnsPolicies = "sns.policies": "permissions and policies of topics",
        SnsTags = "sns.tags": "tags of topics",
        SnsEncryption = "sns.encryption": "encryption attributes of topics",
        SnsDataProtection = "sns.data-protection": "data protection policies",
        SnsMobilePush = "sns.mobile-push": "platform applications and their endpoints",
        SnsSms = "sns.sms": "text messages and their settings",
        SnsQuery = "sns.query": "the AWS query protocol of SNS, request by request",
        SnsSignatures = "sns.signatures": "signatures of requests to SNS that are verified",
    }
}
