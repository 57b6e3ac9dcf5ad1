#!/usr/bin/env bash
# The flow of topics of ../README.md with the AWS CLI.
source ./expect.sh

# A message's body is an envelope: tells members of it.
open_envelope() {
  python3 -c '
import json, sys
envelope = json.loads(json.loads(sys.stdin.read())["Messages"][0]["Body"])
print(*[envelope[name] for name in sys.argv[1:]], sep="\n")' "$@"
}
# Takes a message out of the queue.
take() {
  local message
  message=$(aws sqs receive-message --queue-url "$1" --wait-time-seconds 5 --message-attribute-names All \
    --message-system-attribute-names All --output json)
  aws sqs delete-message --queue-url "$1" \
    --receipt-handle "$(python3 -c 'import json, sys; print(json.loads(sys.stdin.read())["Messages"][0]["ReceiptHandle"])' <<<"$message")"
  printf '%s' "$message"
}
# A queue that lets the messages of a topic in.
create_queue() {
  local url arn
  url=$(sqs create-queue --queue-name "$1" --attributes "${3:-VisibilityTimeout=30}")
  arn=$(attribute "$url" QueueArn)
  aws sqs set-queue-attributes --queue-url "$url" --attributes "$(python3 -c '
import json, sys
statement = {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": sys.argv[1],
             "Condition": {"ArnEquals": {"aws:SourceArn": sys.argv[2]}}}
print(json.dumps({"Policy": json.dumps({"Version": "2012-10-17", "Statement": [statement]})}))' "$arn" "$2")"
  echo "$url"
}

echo "$(command aws --version) $AWS_ENDPOINT_URL"

topic=$(sns create-topic --name "$run-orders" --tags Key=team,Value=orders --attributes DisplayName=Orders)
expect 'created again' "$topic" "$(sns create-topic --name "$run-orders")"
expect 'tags' orders "$(sns list-tags-for-resource --resource-arn "$topic" --query 'Tags[0].Value')"
expect 'attributes' 'Orders 0' "$(sns get-topic-attributes --topic-arn "$topic" --query 'Attributes.[DisplayName,SubscriptionsConfirmed]')"
expect 'listed' "$topic" "$(sns list-topics --query "Topics[?TopicArn=='$topic'].TopicArn")"
ok create

queue=$(create_queue "$run-queue" "$topic")
arn=$(attribute "$queue" QueueArn)
subscription=$(sns subscribe --topic-arn "$topic" --protocol sqs --notification-endpoint "$arn")
[[ $subscription == "$topic":* ]] || fail 'its ARN begins with that of the topic' "$topic" "$subscription"
expect 'subscribed again' "$subscription" "$(sns subscribe --topic-arn "$topic" --protocol sqs --notification-endpoint "$arn")"
expect 'attributes' "sqs $arn false" \
  "$(sns get-subscription-attributes --subscription-arn "$subscription" --query 'Attributes.[Protocol,Endpoint,PendingConfirmation]')"
expect 'listed' "$subscription" "$(sns list-subscriptions-by-topic --topic-arn "$topic" --query 'Subscriptions[0].SubscriptionArn')"
ok subscribe

body=$'naïve & <tag> "quoted"\t日本 😀'
attributes='{"Text":{"DataType":"String","StringValue":"über & <out>"},"Count":{"DataType":"Number","StringValue":"42"}}'
id=$(sns publish --topic-arn "$topic" --message "$body" --subject 'A subject' --message-attributes "$attributes")
expect 'envelope' "$(printf 'Notification\n%s\n%s\nA subject\n%s' "$id" "$topic" "$body")" \
  "$(take "$queue" | open_envelope Type MessageId TopicArn Subject Message)"
sns publish --topic-arn "$topic" --message-structure json --message '{"default":"for all","sqs":"for queues"}' >/dev/null
expect "the queue's own message" 'for queues' "$(take "$queue" | open_envelope Message)"
ok publish

expect 'all published' 'e0 e1 0' "$(sns publish-batch --topic-arn "$topic" --publish-batch-request-entries Id=e0,Message=one Id=e1,Message=two \
  --query '[Successful[0].Id,Successful[1].Id,length(Failed)]')"
expect 'all received' $'one\ntwo' "$(for _ in 1 2; do take "$queue" | open_envelope Message; done | sort)"
ok batch

aws sns set-subscription-attributes --subscription-arn "$subscription" --attribute-name FilterPolicy --attribute-value '{"kind":["order"]}'
for kind in invoice order; do
  sns publish --topic-arn "$topic" --message "$kind" --message-attributes '{"kind":{"DataType":"String","StringValue":"'$kind'"}}' >/dev/null
done
expect 'what matches' order "$(take "$queue" | open_envelope Message)"
expect 'nothing else' '' "$(aws sqs receive-message --queue-url "$queue" --output json)"
aws sns set-subscription-attributes --subscription-arn "$subscription" --attribute-name FilterPolicy --attribute-value '{}'
ok filter

aws sns set-subscription-attributes --subscription-arn "$subscription" --attribute-name RawMessageDelivery --attribute-value true
sns publish --topic-arn "$topic" --message "$body" --message-attributes "$attributes" >/dev/null
expect 'body and attributes' "$body | über & <out>" \
  "$(take "$queue" | python3 -c '
import json, sys
[message] = json.loads(sys.stdin.read())["Messages"]
print(message["Body"], message["MessageAttributes"]["Text"]["StringValue"], sep=" | ")')"
ok raw

fifo=$(sns create-topic --name "$run-orders.fifo" --attributes FifoTopic=true,ContentBasedDeduplication=true)
ordered=$(create_queue "$run-queue.fifo" "$fifo" FifoQueue=true)
sns subscribe --topic-arn "$fifo" --protocol sqs --notification-endpoint "$(attribute "$ordered" QueueArn)" \
  --attributes RawMessageDelivery=true >/dev/null
first=$(sns publish --topic-arn "$fifo" --message 1 --message-group-id a --query MessageId)
expect 'the duplicate has the id of the first' "$first" "$(sns publish --topic-arn "$fifo" --message 1 --message-group-id a --query MessageId)"
sns publish --topic-arn "$fifo" --message 2 --message-group-id a >/dev/null
expect 'in order, without the duplicate' '1 2 None' \
  "$(receive "$ordered" --max-number-of-messages 10 --query '[Messages[0].Body,Messages[1].Body,Messages[2].Body]')"
ok fifo

application=$(sns create-platform-application --name "$run" --platform GCM --attributes PlatformCredential=key)
endpoint=$(sns create-platform-endpoint --platform-application-arn "$application" --token token --custom-user-data 'user 1')
told=$(aws sns create-platform-endpoint --platform-application-arn "$application" --token token 2>&1)
[[ $told == *"Endpoint $endpoint already exists with the same Token"* ]] || fail 'other attributes' "$endpoint" "$told"
sns publish --target-arn "$endpoint" --message hello >/dev/null
aws sns set-endpoint-attributes --endpoint-arn "$endpoint" --attributes Enabled=false
refused 'disabled' EndpointDisabled Publish sns publish --target-arn "$endpoint" --message hello
aws sns delete-platform-application --platform-application-arn "$application"
ok push

aws sns set-sms-attributes --attributes DefaultSMSType=Transactional
expect 'type' Transactional "$(sns get-sms-attributes --attributes DefaultSMSType --query attributes.DefaultSMSType)"
sns publish --phone-number +15550100123 --message hello >/dev/null
expect 'not opted out' False "$(sns check-if-phone-number-is-opted-out --phone-number +15550100123 --query isOptedOut)"
ok text messages

refused 'no such topic' NotFound Publish sns publish --topic-arn "$topic-none" --message x
refused 'an attribute without a value' ParameterValueInvalid Publish sns publish --topic-arn "$topic" --message x \
  --message-attributes '{"a":{"DataType":"String"}}'
refused 'one id twice' BatchEntryIdsNotDistinct PublishBatch sns publish-batch --topic-arn "$topic" \
  --publish-batch-request-entries Id=same,Message=x Id=same,Message=y
ok errors

aws sns unsubscribe --subscription-arn "$subscription"
for arn in "$topic" "$fifo"; do aws sns delete-topic --topic-arn "$arn"; done
for url in "$queue" "$ordered"; do aws sqs delete-queue --queue-url "$url"; done
expect 'topics left' '' "$(sns list-topics --query "Topics[?contains(TopicArn, '$run')].TopicArn")"
ok clean up
