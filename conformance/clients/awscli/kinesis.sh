#!/usr/bin/env bash
# The flow of streams of ../README.md with the AWS CLI, which can't subscribe to a shard.
source ./expect.sh

# Columns are told with blanks between them.
kinesis() { aws kinesis "$@" | tr '\t' ' '; }
status() { kinesis describe-stream-summary --stream-name "$stream" --query StreamDescriptionSummary.StreamStatus; }
active() {
  local tries
  for tries in $(seq 60); do [ "$(status)" == ACTIVE ] && return; done
  fail 'active' ACTIVE "$(status)"
}
shards() { kinesis list-shards --stream-name "$stream" "$@"; }
# Shard and type of the iterator, then more options: the data of up to a page of records, and the children of a shard that ended.
read_shard() {
  local shard=$1 type=$2 position
  shift 2
  position=$(kinesis get-shard-iterator --stream-name "$stream" --shard-id "$shard" --shard-iterator-type "$type" "$@")
  aws kinesis get-records --shard-iterator "$position" --output json | python3 -c '
import base64, json, sys
page = json.load(sys.stdin)
data = [base64.b64decode(record["Data"]).decode() for record in page["Records"]]
print(*data, *[child["ShardId"] for child in page.get("ChildShards", [])])'
}

echo "$(command aws --version) $AWS_ENDPOINT_URL"

stream=$run-orders
first=shardId-000000000000 second=shardId-000000000001
aws kinesis create-stream --stream-name "$stream" --shard-count 2 --tags team=orders
aws kinesis wait stream-exists --stream-name "$stream"
refused 'created again' ResourceInUseException CreateStream kinesis create-stream --stream-name "$stream" --shard-count 1
read -r arn shown <<<"$(kinesis describe-stream-summary --stream-name "$stream" \
  --query 'StreamDescriptionSummary.[StreamARN,StreamName,StreamStatus,OpenShardCount,RetentionPeriodHours,EncryptionType,ConsumerCount]')"
expect 'summary' "$stream ACTIVE 2 24 NONE 0" "$shown"
ok create

top=340282366920938463463374607431768211455
expect 'ranges' "$first 0 $second $top" \
  "$(shards --query '[Shards[0].ShardId,Shards[0].HashKeyRange.StartingHashKey,Shards[1].ShardId,Shards[1].HashKeyRange.EndingHashKey]')"
ok shards

sent=$(kinesis put-record --stream-name "$stream" --partition-key 'naïve 日本' --explicit-hash-key 0 --data 'order 0' --query '[ShardId,SequenceNumber]')
expect 'shard of the hash key' "$first" "${sent% *}"
number=${sent#* }
later=$(kinesis put-record --stream-name "$stream" --partition-key a --explicit-hash-key 0 --data 'order 1' \
  --sequence-number-for-ordering "$number" --query SequenceNumber)
[[ $later > $number ]] || fail 'numbers rise' "more than $number" "$later"
ok put

expect 'none failed' "0 $first $second" "$(kinesis put-records --stream-name "$stream" --query '[FailedRecordCount,Records[0].ShardId,Records[1].ShardId]' \
  --records Data='order 2',PartitionKey=a,ExplicitHashKey=0 Data='other',PartitionKey=b,ExplicitHashKey="$top")"
ok batch

expect 'from the beginning' 'order 0 order 1 order 2' "$(read_shard "$first" TRIM_HORIZON)"
expect 'after a number' 'order 1 order 2' "$(read_shard "$first" AFTER_SEQUENCE_NUMBER --starting-sequence-number "$number")"
expect 'since an hour' 'other' "$(read_shard "$second" AT_TIMESTAMP --timestamp "$(date -u -d '1 hour ago' +%FT%TZ)")"
ok iterators

aws kinesis split-shard --stream-name "$stream" --shard-to-split "$first" --new-starting-hash-key 1000
active
low=shardId-000000000002 high=shardId-000000000003
expect 'open at present' "$second $low $high" "$(shards --shard-filter Type=AT_LATEST --query 'Shards[].ShardId')"
expect 'puts go to the children' "$low $high" "$(kinesis put-records --stream-name "$stream" --query 'Records[].ShardId' \
  --records Data='child 0',PartitionKey=a,ExplicitHashKey=0 Data='child 1000',PartitionKey=a,ExplicitHashKey=1000)"
expect 'the parent to its end, and its children' "order 0 order 1 order 2 $low $high" "$(read_shard "$first" TRIM_HORIZON)"
expect 'the children' 'child 0 child 1000' "$(read_shard "$low" TRIM_HORIZON) $(read_shard "$high" TRIM_HORIZON)"
ok split

aws kinesis merge-shards --stream-name "$stream" --shard-to-merge "$low" --adjacent-shard-to-merge "$high"
active
merged=shardId-000000000004
expect 'a parent to its end, and its child' "child 0 $merged" "$(read_shard "$low" TRIM_HORIZON)"
expect 'puts go to the child' "$merged" \
  "$(kinesis put-record --stream-name "$stream" --partition-key a --explicit-hash-key 0 --data merged --query ShardId)"
ok merge

aws kinesis increase-stream-retention-period --stream-name "$stream" --retention-period-hours 48
expect 'longer' 48 "$(kinesis describe-stream-summary --stream-name "$stream" --query StreamDescriptionSummary.RetentionPeriodHours)"
ok retention

consumer=$(kinesis register-stream-consumer --stream-arn "$arn" --consumer-name reader --query Consumer.ConsumerARN)
[[ $consumer == "$arn"/consumer/reader:* ]] || fail 'its ARN begins with that of the stream' "$arn" "$consumer"
refused 'registered again' ResourceInUseException RegisterStreamConsumer kinesis register-stream-consumer --stream-arn "$arn" --consumer-name reader
ok fan-out

aws kinesis add-tags-to-stream --stream-name "$stream" --tags cost=über
aws kinesis remove-tags-from-stream --stream-name "$stream" --tag-keys team
expect 'left' 'cost über' "$(kinesis list-tags-for-resource --resource-arn "$arn" --query 'Tags[0].[Key,Value]')"
ok tags

refused 'no such stream' ResourceNotFoundException PutRecord kinesis put-record --stream-name "$stream-none" --partition-key a --data x
refused 'an iterator of nobody' InvalidArgumentException GetRecords kinesis get-records --shard-iterator none
refused 'deleted with a consumer' ResourceInUseException DeleteStream kinesis delete-stream --stream-name "$stream"
ok errors

aws kinesis delete-stream --stream-name "$stream" --enforce-consumer-deletion
aws kinesis wait stream-not-exists --stream-name "$stream"
expect 'streams left' '' "$(kinesis list-streams --query "StreamNames[?contains(@, '$run')]")"
ok clean up
