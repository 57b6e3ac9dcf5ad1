package main

import (
	"crypto/md5"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	"github.com/aws/aws-sdk-go-v2/service/kinesis/types"
)

const (
	partitionKey = "naïve 日本"
	limit        = time.Minute
)

var (
	streams *kinesis.Client
	stream  = run + "-orders"
	middle  = new(big.Int).Lsh(big.NewInt(1), 127)
	top     = new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 128), big.NewInt(1))
)

func summary() *types.StreamDescriptionSummary {
	return must(streams.DescribeStreamSummary(ctx, &kinesis.DescribeStreamSummaryInput{StreamName: &stream})).StreamDescriptionSummary
}

func await(what string, done func() bool) {
	for deadline := time.Now().Add(limit); !done(); time.Sleep(100 * time.Millisecond) {
		expect(what+" before the deadline", true, time.Now().Before(deadline))
	}
}

func awaitActive() {
	await("active", func() bool { return summary().StreamStatus == types.StreamStatusActive })
}

func shards(more ...func(*kinesis.ListShardsInput)) []types.Shard {
	in := kinesis.ListShardsInput{StreamName: &stream}
	for _, change := range more {
		change(&in)
	}
	return must(streams.ListShards(ctx, &in)).Shards
}

func ids(shards []types.Shard) []string {
	var ids []string
	for _, shard := range shards {
		ids = append(ids, *shard.ShardId)
	}
	return ids
}

func childIds(shards []types.ChildShard) []string {
	var ids []string
	for _, shard := range shards {
		ids = append(ids, *shard.ShardId)
	}
	return ids
}

// ranges tells the first hash key of each shard, and the last of the last.
func ranges(shards []types.Shard) []string {
	var bounds []string
	for _, shard := range shards {
		bounds = append(bounds, *shard.HashKeyRange.StartingHashKey)
	}
	return append(bounds, *shards[len(shards)-1].HashKeyRange.EndingHashKey)
}

func number(text string) *big.Int {
	number, read := new(big.Int).SetString(text, 10)
	expect("a number: "+text, true, read)
	return number
}

// home is the shard that records of a partition key belong to.
func home(key string, shards []types.Shard) string {
	sum := md5.Sum([]byte(key))
	hash := new(big.Int).SetBytes(sum[:])
	at := slices.IndexFunc(shards, func(shard types.Shard) bool { return hash.Cmp(number(*shard.HashKeyRange.EndingHashKey)) <= 0 })
	return *shards[at].ShardId
}

func iterator(shard string, kind types.ShardIteratorType, more ...func(*kinesis.GetShardIteratorInput)) *string {
	in := kinesis.GetShardIteratorInput{StreamName: &stream, ShardId: &shard, ShardIteratorType: kind}
	for _, change := range more {
		change(&in)
	}
	return must(streams.GetShardIterator(ctx, &in)).ShardIterator
}

// contents reads up to the end of the shard, or to the present, and tells the children of a shard that ended.
func contents(shard string, kind types.ShardIteratorType, more ...func(*kinesis.GetShardIteratorInput)) ([]types.Record, []types.ChildShard) {
	var records []types.Record
	for position := iterator(shard, kind, more...); ; {
		page := must(streams.GetRecords(ctx, &kinesis.GetRecordsInput{ShardIterator: position}))
		records = append(records, page.Records...)
		position = page.NextShardIterator
		if position == nil || len(page.Records) == 0 && *page.MillisBehindLatest == 0 {
			return records, page.ChildShards
		}
	}
}

func numbers(records []types.Record) []string {
	var numbers []string
	for _, record := range records {
		numbers = append(numbers, *record.SequenceNumber)
	}
	return numbers
}

func texts(records []types.Record, key string) []string {
	var texts []string
	for _, record := range records {
		if *record.PartitionKey == key {
			texts = append(texts, string(record.Data))
		}
	}
	return texts
}

func isNow(at time.Time) bool {
	return time.Since(at).Abs() < limit
}

func putAt(hashKey string, data []byte, after *string) *kinesis.PutRecordOutput {
	return must(streams.PutRecord(ctx, &kinesis.PutRecordInput{
		StreamName: &stream, PartitionKey: aws.String("a"), ExplicitHashKey: &hashKey, Data: data, SequenceNumberForOrdering: after,
	}))
}

func createStream() string {
	must(streams.CreateStream(ctx, &kinesis.CreateStreamInput{StreamName: &stream, ShardCount: aws.Int32(2), Tags: map[string]string{"team": "orders"}}))
	expect("on its way", types.StreamStatusCreating, summary().StreamStatus)
	waiter := kinesis.NewStreamExistsWaiter(streams, func(options *kinesis.StreamExistsWaiterOptions) {
		options.MinDelay, options.MaxDelay = 100*time.Millisecond, time.Second
	})
	must(0, waiter.Wait(ctx, &kinesis.DescribeStreamInput{StreamName: &stream}, limit))
	shown := summary()
	expect("summary", []any{stream, types.StreamStatusActive, int32(2), int32(24), types.EncryptionTypeNone, int32(0)},
		[]any{*shown.StreamName, shown.StreamStatus, *shown.OpenShardCount, *shown.RetentionPeriodHours, shown.EncryptionType, *shown.ConsumerCount})
	expect("mode", types.StreamModeProvisioned, shown.StreamModeDetails.StreamMode)
	expect("ARN", "stream/"+stream, strings.Split(*shown.StreamARN, ":")[5])
	expect("created just now", true, isNow(*shown.StreamCreationTimestamp))
	_, err := streams.CreateStream(ctx, &kinesis.CreateStreamInput{StreamName: &stream, ShardCount: aws.Int32(1)})
	refused[*types.ResourceInUseException]("created again", "ResourceInUseException", 400, err)
	var listed []string
	for pager := kinesis.NewListStreamsPaginator(streams, &kinesis.ListStreamsInput{Limit: aws.Int32(1)}); pager.HasMorePages(); {
		listed = append(listed, must(pager.NextPage(ctx)).StreamNames...)
	}
	expect("listed", true, slices.Contains(listed, stream))
	return *shown.StreamARN
}

func listShards() []types.Shard {
	found := shards()
	expect("ids", []string{"shardId-000000000000", "shardId-000000000001"}, ids(found))
	expect("ranges", []string{"0", middle.String(), top.String()}, ranges(found))
	first := must(streams.ListShards(ctx, &kinesis.ListShardsInput{StreamName: &stream, MaxResults: aws.Int32(1)}))
	second := must(streams.ListShards(ctx, &kinesis.ListShardsInput{NextToken: first.NextToken}))
	expect("in pages", ids(found), append(ids(first.Shards), ids(second.Shards)...))
	expect("no third page", true, second.NextToken == nil)
	return found
}

func putRecord(found []types.Shard) *kinesis.PutRecordOutput {
	sent := must(streams.PutRecord(ctx, &kinesis.PutRecordInput{StreamName: &stream, PartitionKey: aws.String(partitionKey), Data: everyByte()}))
	expect("shard of the key", home(partitionKey, found), *sent.ShardId)
	var last *string
	for text := range 3 {
		told := putAt("0", fmt.Append(nil, text), last)
		expect("shard of the hash key", *found[0].ShardId, *told.ShardId)
		expect("numbers rise", true, last == nil || number(*last).Cmp(number(*told.SequenceNumber)) < 0)
		last = told.SequenceNumber
	}
	return sent
}

func putRecords(found []types.Shard) {
	var records []types.PutRecordsRequestEntry
	var expected, seen []string
	for number := range 20 {
		key := fmt.Sprintf("key-%d", number%5)
		expected = append(expected, home(key, found))
		records = append(records, types.PutRecordsRequestEntry{PartitionKey: &key, Data: fmt.Appendf(nil, "order %d", number)})
	}
	sent := must(streams.PutRecords(ctx, &kinesis.PutRecordsInput{StreamName: &stream, Records: records}))
	expect("none failed", int32(0), *sent.FailedRecordCount)
	for _, told := range sent.Records {
		seen = append(seen, *told.ShardId)
	}
	expect("their shards", expected, seen)
	large := types.PutRecordsRequestEntry{PartitionKey: aws.String("a"), ExplicitHashKey: aws.String(top.String()), Data: make([]byte, 400_000)}
	some := must(streams.PutRecords(ctx, &kinesis.PutRecordsInput{StreamName: &stream, Records: []types.PutRecordsRequestEntry{large, large, large, large}}))
	var failed, taken int32
	for _, told := range some.Records {
		if told.SequenceNumber != nil {
			taken++
		} else if *told.ErrorCode == "ProvisionedThroughputExceededException" {
			failed++
		}
	}
	expect("too much for a shard", []any{true, failed, 4 - failed}, []any{failed > 0, *some.FailedRecordCount, taken})
}

func iterators(found []types.Shard, sent *kinesis.PutRecordOutput) {
	shard := *sent.ShardId
	all, _ := contents(shard, types.ShardIteratorTypeTrimHorizon)
	for first := range 5 {
		key := fmt.Sprintf("key-%d", first)
		if home(key, found) != shard {
			continue
		}
		var expected []string
		for round := range 4 {
			expected = append(expected, fmt.Sprintf("order %d", first+5*round))
		}
		expect("each key in order", expected, texts(all, key))
	}
	position := func(in *kinesis.GetShardIteratorInput) { in.StartingSequenceNumber = sent.SequenceNumber }
	at := iterator(shard, types.ShardIteratorTypeAtSequenceNumber, position)
	record := must(streams.GetRecords(ctx, &kinesis.GetRecordsInput{ShardIterator: at, Limit: aws.Int32(1)})).Records[0]
	expect("record", []any{*sent.SequenceNumber, partitionKey, everyByte()}, []any{*record.SequenceNumber, *record.PartitionKey, record.Data})
	expect("arrived just now", true, isNow(*record.ApproximateArrivalTimestamp))
	since := numbers(all)[slices.Index(numbers(all), *sent.SequenceNumber):]
	after, _ := contents(shard, types.ShardIteratorTypeAfterSequenceNumber, position)
	expect("after it", since[1:], numbers(after))
	arrived, _ := contents(shard, types.ShardIteratorTypeAtTimestamp, func(in *kinesis.GetShardIteratorInput) { in.Timestamp = record.ApproximateArrivalTimestamp })
	expect("since it arrived", since, numbers(arrived))
	latest := iterator(*found[1].ShardId, types.ShardIteratorTypeLatest)
	told := putAt(top.String(), everyByte(), nil)
	page := must(streams.GetRecords(ctx, &kinesis.GetRecordsInput{ShardIterator: latest}))
	expect("what is new", []string{*told.SequenceNumber}, numbers(page.Records))
	expect("caught up", int64(0), *page.MillisBehindLatest)
	again := must(streams.GetRecords(ctx, &kinesis.GetRecordsInput{ShardIterator: latest}))
	expect("an iterator reads again", numbers(page.Records), numbers(again.Records))
}

func splitShard(found []types.Shard) []types.Shard {
	parent := *found[0].ShardId
	quarter := new(big.Int).Rsh(middle, 1).String()
	must(streams.SplitShard(ctx, &kinesis.SplitShardInput{StreamName: &stream, ShardToSplit: &parent, NewStartingHashKey: &quarter}))
	expect("on its way", types.StreamStatusUpdating, summary().StreamStatus)
	awaitActive()
	children := slices.DeleteFunc(shards(), func(shard types.Shard) bool { return aws.ToString(shard.ParentShardId) != parent })
	expect("ranges", []string{"0", quarter, new(big.Int).Sub(middle, big.NewInt(1)).String()}, ranges(children))
	open := shards(func(in *kinesis.ListShardsInput) {
		in.ShardFilter = &types.ShardFilter{Type: types.ShardFilterTypeAtLatest}
	})
	expect("open at present", append(ids(found[1:]), ids(children)...), ids(open))
	var sent []string
	for _, child := range children {
		told := putAt(*child.HashKeyRange.StartingHashKey, everyByte(), nil)
		expect("puts go to the children", *child.ShardId, *told.ShardId)
		sent = append(sent, *told.SequenceNumber)
	}
	old, named := contents(parent, types.ShardIteratorTypeTrimHorizon)
	expect("the parent names them at its end", ids(children), childIds(named))
	expect("and is named", []string{parent}, named[0].ParentShards)
	expect("the parent keeps its order", []string{"0", "1", "2"}, texts(old, "a"))
	for at, child := range children {
		young, _ := contents(*child.ShardId, types.ShardIteratorTypeTrimHorizon)
		expect("the child has what came since", sent[at:at+1], numbers(young))
	}
	return children
}

func mergeShards(children []types.Shard) string {
	low, high := *children[0].ShardId, *children[1].ShardId
	must(streams.MergeShards(ctx, &kinesis.MergeShardsInput{StreamName: &stream, ShardToMerge: &low, AdjacentShardToMerge: &high}))
	awaitActive()
	all := shards()
	merged := all[slices.IndexFunc(all, func(shard types.Shard) bool { return aws.ToString(shard.AdjacentParentShardId) == high })]
	expect("parent", low, *merged.ParentShardId)
	expect("range", []string{"0", new(big.Int).Sub(middle, big.NewInt(1)).String()}, ranges([]types.Shard{merged}))
	for _, parent := range []string{low, high} {
		old, named := contents(parent, types.ShardIteratorTypeTrimHorizon)
		expect("parents end", []any{1, []string{*merged.ShardId}}, []any{len(old), childIds(named)})
		expect("both parents", []string{low, high}, slices.Sorted(slices.Values(named[0].ParentShards)))
	}
	expect("puts go to it", *merged.ShardId, *putAt("0", []byte("merged"), nil).ShardId)
	return *merged.ShardId
}

func retention() {
	must(streams.IncreaseStreamRetentionPeriod(ctx, &kinesis.IncreaseStreamRetentionPeriodInput{StreamName: &stream, RetentionPeriodHours: aws.Int32(48)}))
	awaitActive()
	expect("longer", int32(48), *summary().RetentionPeriodHours)
	must(streams.DecreaseStreamRetentionPeriod(ctx, &kinesis.DecreaseStreamRetentionPeriodInput{StreamName: &stream, RetentionPeriodHours: aws.Int32(24)}))
	awaitActive()
	expect("as before", int32(24), *summary().RetentionPeriodHours)
}

func fanOut(arn, shard string) {
	registration := kinesis.RegisterStreamConsumerInput{StreamARN: &arn, ConsumerName: aws.String("reader")}
	consumer := *must(streams.RegisterStreamConsumer(ctx, &registration)).Consumer.ConsumerARN
	expect("its ARN", true, strings.HasPrefix(consumer, arn+"/consumer/reader:"))
	await("consumer", func() bool {
		told := must(streams.DescribeStreamConsumer(ctx, &kinesis.DescribeStreamConsumerInput{ConsumerARN: &consumer}))
		return told.ConsumerDescription.ConsumerStatus == types.ConsumerStatusActive
	})
	subscribed := must(streams.SubscribeToShard(ctx, &kinesis.SubscribeToShardInput{
		ConsumerARN: &consumer, ShardId: &shard, StartingPosition: &types.StartingPosition{Type: types.ShardIteratorTypeTrimHorizon},
	})).GetStream()
	next := func() types.SubscribeToShardEvent {
		for timeout := time.After(limit); ; {
			select {
			case event := <-subscribed.Events():
				told, is := event.(*types.SubscribeToShardEventStreamMemberSubscribeToShardEvent)
				expect("an event", true, is)
				if len(told.Value.Records) > 0 {
					return told.Value
				}
			case <-timeout:
				expect("an event before the deadline", true, false)
			}
		}
	}
	expect("what was there", []string{"merged"}, texts(next().Records, "a"))
	sent := *must(streams.PutRecord(ctx, &kinesis.PutRecordInput{
		StreamName: &stream, PartitionKey: aws.String(partitionKey), ExplicitHashKey: aws.String("0"), Data: everyByte(),
	})).SequenceNumber
	event := next()
	record := event.Records[0]
	expect("what came", []any{sent, partitionKey, everyByte()}, []any{*record.SequenceNumber, *record.PartitionKey, record.Data})
	expect("where to go on", true, number(*event.ContinuationSequenceNumber).Cmp(number(sent)) >= 0)
	expect("caught up", int64(0), *event.MillisBehindLatest)
	expect("no error", nil, subscribed.Err())
	must(0, subscribed.Close())
	_, err := streams.RegisterStreamConsumer(ctx, &registration)
	refused[*types.ResourceInUseException]("registered again", "ResourceInUseException", 400, err)
	_, err = streams.DeleteStream(ctx, &kinesis.DeleteStreamInput{StreamName: &stream})
	refused[*types.ResourceInUseException]("deleted with a consumer", "ResourceInUseException", 400, err)
}

func streamTags(arn string) {
	told := must(streams.ListTagsForStream(ctx, &kinesis.ListTagsForStreamInput{StreamName: &stream})).Tags
	expect("of the creation", []string{"team", "orders"}, []string{*told[0].Key, *told[0].Value})
	must(streams.AddTagsToStream(ctx, &kinesis.AddTagsToStreamInput{StreamName: &stream, Tags: map[string]string{"cost": "über", "stage": "test"}}))
	must(streams.RemoveTagsFromStream(ctx, &kinesis.RemoveTagsFromStreamInput{StreamName: &stream, TagKeys: []string{"stage"}}))
	must(streams.UntagResource(ctx, &kinesis.UntagResourceInput{ResourceARN: &arn, TagKeys: []string{"team"}}))
	told = must(streams.ListTagsForResource(ctx, &kinesis.ListTagsForResourceInput{ResourceARN: &arn})).Tags
	expect("left", []any{1, "cost", "über"}, []any{len(told), *told[0].Key, *told[0].Value})
}

func streamRefusals(shard string) {
	none := run + "-none"
	_, err := streams.PutRecord(ctx, &kinesis.PutRecordInput{StreamName: &none, PartitionKey: aws.String("a"), Data: everyByte()})
	refused[*types.ResourceNotFoundException]("no such stream", "ResourceNotFoundException", 400, err)
	expect("which stream", true, strings.Contains(err.Error(), "Stream "+none+" under account "))
	_, err = streams.GetRecords(ctx, &kinesis.GetRecordsInput{ShardIterator: aws.String("none")})
	refused[*types.InvalidArgumentException]("an iterator of nobody", "InvalidArgumentException", 400, err)
	_, err = streams.SplitShard(ctx, &kinesis.SplitShardInput{StreamName: &stream, ShardToSplit: &shard, NewStartingHashKey: aws.String("0")})
	refused[*types.InvalidArgumentException]("no key between", "InvalidArgumentException", 400, err)
	_, err = streams.CreateStream(ctx, &kinesis.CreateStreamInput{StreamName: &none, ShardCount: aws.Int32(100_000)})
	refused[*types.LimitExceededException]("more shards than an account has", "LimitExceededException", 400, err)
	_, err = streams.PutRecords(ctx, &kinesis.PutRecordsInput{StreamName: &stream, Records: []types.PutRecordsRequestEntry{}})
	refused[*types.ValidationException]("nothing to put", "ValidationException", 400, err)
}

func cleanUpStreams() {
	must(streams.DeleteStream(ctx, &kinesis.DeleteStreamInput{StreamName: &stream, EnforceConsumerDeletion: aws.Bool(true)}))
	waiter := kinesis.NewStreamNotExistsWaiter(streams, func(options *kinesis.StreamNotExistsWaiterOptions) {
		options.MinDelay, options.MaxDelay = 100*time.Millisecond, time.Second
	})
	must(0, waiter.Wait(ctx, &kinesis.DescribeStreamInput{StreamName: &stream}, limit))
	left := must(streams.ListStreams(ctx, &kinesis.ListStreamsInput{})).StreamNames
	expect("streams left", false, slices.ContainsFunc(left, func(name string) bool { return strings.Contains(name, run) }))
}

// streamFlow is the flow of streams of ../README.md.
func streamFlow(settings aws.Config) {
	streams = kinesis.NewFromConfig(settings)
	arn := createStream()
	ok("create")
	found := listShards()
	ok("shards")
	sent := putRecord(found)
	ok("put")
	putRecords(found)
	ok("batch")
	iterators(found, sent)
	ok("iterators")
	children := splitShard(found)
	ok("split")
	merged := mergeShards(children)
	ok("merge")
	retention()
	ok("retention")
	fanOut(arn, merged)
	ok("fan-out")
	streamTags(arn)
	ok("tags")
	streamRefusals(merged)
	ok("errors")
	cleanUpStreams()
	ok("clean up")
}
