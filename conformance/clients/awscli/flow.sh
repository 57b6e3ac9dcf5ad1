#!/usr/bin/env bash
# The flow of ../README.md with the AWS CLI.
source ./expect.sh

echo "$(command aws --version) $AWS_ENDPOINT_URL"

account=$(aws sts get-caller-identity --query Account)
[[ $account =~ ^[0-9]{12}$ ]] || fail 'the account' 'twelve digits' "$account"
ok identity

url=$(sqs create-queue --queue-name "$run-standard" --attributes VisibilityTimeout=30 --tags team=orders)
expect 'URL of the new queue' "$AWS_ENDPOINT_URL/$account/$run-standard" "$url"
expect 'URL by name' "$url" "$(sqs get-queue-url --queue-name "$run-standard")"
expect 'tags' orders "$(sqs list-queue-tags --queue-url "$url" --query Tags.team)"
expect 'listed' "$url" "$(sqs list-queues --queue-name-prefix "$run" --query QueueUrls[])"
ok create

body=$'naïve & <tag> "quoted"\t日本 😀'
id=$(sqs send-message --queue-url "$url" --message-body "$body" --query MessageId \
  --message-attributes '{"Text":{"DataType":"String","StringValue":"über & <out>"},"Count":{"DataType":"Number","StringValue":"42"}}')
message=$(aws sqs receive-message --queue-url "$url" --message-attribute-names All --message-system-attribute-names All --output json)
handle=$(python3 -c '
import json, sys
[message] = json.loads(sys.argv[1])["Messages"]
attributes = {name: value["StringValue"] for name, value in message["MessageAttributes"].items()}
seen = (message["MessageId"], message["Body"], attributes, message["Attributes"]["ApproximateReceiveCount"])
expected = (sys.argv[2], sys.argv[3], {"Text": "über & <out>", "Count": "42"}, "1")
if seen != expected:
    sys.exit(f"FAILED: received\n  expected: {expected}\n  seen:     {seen}")
print(message["ReceiptHandle"])' "$message" "$id" "$body") || exit 1
expect 'in flight' '' "$(aws sqs receive-message --queue-url "$url" --output json)"
ok send and receive

sqs change-message-visibility --queue-url "$url" --receipt-handle "$handle" --visibility-timeout 0
read -r again count handle <<<"$(receive "$url" --query 'Messages[0].[MessageId,Attributes.ApproximateReceiveCount,ReceiptHandle]')"
expect 'second receive' "$id 2" "$again $count"
ok change visibility

sqs delete-message --queue-url "$url" --receipt-handle "$handle"
expect 'nothing is left' '0 0' "$(sqs get-queue-attributes --queue-url "$url" \
  --attribute-names ApproximateNumberOfMessages ApproximateNumberOfMessagesNotVisible \
  --query 'Attributes.[ApproximateNumberOfMessages,ApproximateNumberOfMessagesNotVisible]')"
ok delete

expect 'all sent' 'a b c' "$(sqs send-message-batch --queue-url "$url" --query 'Successful[].Id' \
  --entries Id=a,MessageBody=1 Id=b,MessageBody=2 Id=c,MessageBody=3)"
received=0
while [ "$received" -lt 3 ]; do
  some=$(receive "$url" --max-number-of-messages 10 --wait-time-seconds 5 --query 'length(Messages)')
  [ "${some:-None}" != None ] || fail 'a message before the end of the poll' 3 "$received"
  received=$((received + some))
done
ok batch

fifo=$(sqs create-queue --queue-name "$run.fifo" --attributes FifoQueue=true,ContentBasedDeduplication=true)
order() { sqs send-message --queue-url "$fifo" --message-body "$1" --message-group-id a --query SequenceNumber; }
first=$(order 1)
order 1 >/dev/null
order 2 >/dev/null
expect 'in order, without the duplicate' "1 $first 2" \
  "$(receive "$fifo" --max-number-of-messages 10 --query '[Messages[0].Body,Messages[0].Attributes.SequenceNumber,Messages[1].Body,Messages[2].Body]' | sed 's/ None$//')"
ok fifo

dead=$(sqs create-queue --queue-name "$run-dead")
arn=$(attribute "$dead" QueueArn)
policy='{"RedrivePolicy":"{\"deadLetterTargetArn\":\"'$arn'\",\"maxReceiveCount\":1}","VisibilityTimeout":"0"}'
source=$(sqs create-queue --queue-name "$run-source" --attributes "$policy")
id=$(sqs send-message --queue-url "$source" --message-body poison --query MessageId)
expect 'the only receive' "$id" "$(receive "$source" --query 'Messages[0].MessageId')"
expect 'after it' '' "$(aws sqs receive-message --queue-url "$source" --output json)"
expect 'dead letter' "$id poison arn:aws:sqs:$AWS_REGION:$account:$run-source" "$(receive "$dead" --wait-time-seconds 5 --visibility-timeout 0 \
  --query 'Messages[0].[MessageId,Body,Attributes.DeadLetterQueueSourceArn]')"
expect 'sources' "$source" "$(sqs list-dead-letter-source-queues --queue-url "$dead" --query queueUrls[])"
ok dead letter

sqs start-message-move-task --source-arn "$arn" >/dev/null
for _ in $(seq 20); do
  task=$(sqs list-message-move-tasks --source-arn "$arn" --query 'Results[0].[Status,ApproximateNumberOfMessagesMoved]')
  [[ $task == RUNNING* ]] || break
done
expect 'task' 'COMPLETED 1' "$task"
expect 'back at its source' poison "$(receive "$source" --wait-time-seconds 5 --query 'Messages[0].Body')"
ok redrive

refused 'no such queue' AWS.SimpleQueueService.NonExistentQueue GetQueueUrl sqs get-queue-url --queue-name "$run-none"
refused 'another value' QueueAlreadyExists CreateQueue sqs create-queue --queue-name "$run-standard" --attributes VisibilityTimeout=31
refused 'no handle' ReceiptHandleIsInvalid DeleteMessage sqs delete-message --queue-url "$url" --receipt-handle 'no handle'
ok errors

for queue in "$url" "$fifo" "$source" "$dead"; do sqs delete-queue --queue-url "$queue"; done
expect 'queues left' '' "$(aws sqs list-queues --queue-name-prefix "$run" --output json)"
ok clean up
