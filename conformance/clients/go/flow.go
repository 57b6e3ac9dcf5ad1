// The flow of ../README.md with the AWS SDK for Go; with `h2c` as its argument over HTTP/2 without TLS and without an upgrade, with `sns`
// that of topics, with `kinesis` that of streams.
package main

import (
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"
	"github.com/aws/smithy-go"
)

const body = "naïve & <tag> \"quoted\"\t日本 😀"

var (
	ctx      = context.Background()
	endpoint = os.Getenv("AWS_ENDPOINT_URL")
	run      = fmt.Sprintf("%x", time.Now().UnixNano())
	client   *sqs.Client
	queues   []string
)

var attributes = map[string]types.MessageAttributeValue{
	"Text":  {DataType: aws.String("String"), StringValue: aws.String("über & <out>")},
	"Count": {DataType: aws.String("Number.int"), StringValue: aws.String("42")},
	"Bytes": {DataType: aws.String("Binary"), BinaryValue: everyByte()},
}

func everyByte() []byte {
	bytes := make([]byte, 256)
	for index := range bytes {
		bytes[index] = byte(index)
	}
	return bytes
}

func createQueue(name string, values map[string]string) string {
	out := must(client.CreateQueue(ctx, &sqs.CreateQueueInput{QueueName: &name, Attributes: values}))
	if !slices.Contains(queues, *out.QueueUrl) {
		queues = append(queues, *out.QueueUrl)
	}
	return *out.QueueUrl
}

func attribute(url, name string) string {
	names := []types.QueueAttributeName{types.QueueAttributeName(name)}
	out := must(client.GetQueueAttributes(ctx, &sqs.GetQueueAttributesInput{QueueUrl: &url, AttributeNames: names}))
	return out.Attributes[name]
}

func receive(url string, most, wait int32, more ...func(*sqs.ReceiveMessageInput)) []types.Message {
	in := sqs.ReceiveMessageInput{
		QueueUrl:                    &url,
		MaxNumberOfMessages:         most,
		WaitTimeSeconds:             wait,
		MessageSystemAttributeNames: []types.MessageSystemAttributeName{types.MessageSystemAttributeNameAll},
		MessageAttributeNames:       []string{"All"},
	}
	for _, change := range more {
		change(&in)
	}
	return must(client.ReceiveMessage(ctx, &in)).Messages
}

func one(what, url string, wait int32, more ...func(*sqs.ReceiveMessageInput)) types.Message {
	messages := receive(url, 1, wait, more...)
	expect(what+": number of messages", 1, len(messages))
	return messages[0]
}

func bodies(messages []types.Message) []string {
	var bodies []string
	for _, message := range messages {
		bodies = append(bodies, *message.Body)
	}
	return bodies
}

func create() string {
	name := run + "-standard"
	url := createQueue(name, map[string]string{"VisibilityTimeout": "30", "DelaySeconds": "0"})
	expect("URL of the new queue", true, strings.HasPrefix(url, endpoint+"/") && strings.HasSuffix(url, "/"+name))
	expect("created again", url, createQueue(name, map[string]string{"VisibilityTimeout": "30"}))
	expect("URL by name", url, *must(client.GetQueueUrl(ctx, &sqs.GetQueueUrlInput{QueueName: &name})).QueueUrl)
	account := strings.Split(url, "/")[3]
	expect("ARN", "arn:aws:sqs:"+os.Getenv("AWS_REGION")+":"+account+":"+name, attribute(url, "QueueArn"))
	tags := map[string]string{"team": "orders", "cost centre": "4711"}
	must(client.TagQueue(ctx, &sqs.TagQueueInput{QueueUrl: &url, Tags: tags}))
	must(client.UntagQueue(ctx, &sqs.UntagQueueInput{QueueUrl: &url, TagKeys: []string{"team"}}))
	listed := must(client.ListQueueTags(ctx, &sqs.ListQueueTagsInput{QueueUrl: &url})).Tags
	expect("tags", map[string]string{"cost centre": "4711"}, listed)
	another := createQueue(run+"-another", nil)
	var pages [][]string
	in := sqs.ListQueuesInput{QueueNamePrefix: &run, MaxResults: aws.Int32(1)}
	for pager := sqs.NewListQueuesPaginator(client, &in); pager.HasMorePages(); {
		if page := must(pager.NextPage(ctx)); len(page.QueueUrls) > 0 {
			pages = append(pages, page.QueueUrls)
		}
	}
	slices.SortFunc(pages, func(a, b []string) int { return strings.Compare(a[0], b[0]) })
	expect("pages of one queue each", [][]string{{another}, {url}}, pages)
	return url
}

func sendAndReceive(url string) types.Message {
	sent := must(client.SendMessage(ctx, &sqs.SendMessageInput{QueueUrl: &url, MessageBody: aws.String(body), MessageAttributes: attributes}))
	sum := md5.Sum([]byte(body))
	expect("MD5 of the body", hex.EncodeToString(sum[:]), *sent.MD5OfMessageBody)
	message := one("after the send", url, 0)
	expect("received", []string{*sent.MessageId, body}, []string{*message.MessageId, *message.Body})
	expect("attributes", attributes, message.MessageAttributes)
	expect("MD5 of the attributes", *sent.MD5OfMessageAttributes, *message.MD5OfMessageAttributes)
	expect("first receive", "1", message.Attributes["ApproximateReceiveCount"])
	expect("in flight", 0, len(receive(url, 1, 0)))
	return message
}

func changeVisibility(url string, first types.Message) types.Message {
	must(client.ChangeMessageVisibility(ctx, &sqs.ChangeMessageVisibilityInput{QueueUrl: &url, ReceiptHandle: first.ReceiptHandle, VisibilityTimeout: 0}))
	message := one("visible again", url, 0)
	expect("second receive", []string{*first.MessageId, "2"}, []string{*message.MessageId, message.Attributes["ApproximateReceiveCount"]})
	return message
}

func deleteMessage(url string, message types.Message) {
	must(client.DeleteMessage(ctx, &sqs.DeleteMessageInput{QueueUrl: &url, ReceiptHandle: message.ReceiptHandle}))
	expect("visible", "0", attribute(url, "ApproximateNumberOfMessages"))
	expect("in flight", "0", attribute(url, "ApproximateNumberOfMessagesNotVisible"))
}

func longPoll(url string) {
	must(client.SendMessage(ctx, &sqs.SendMessageInput{QueueUrl: &url, MessageBody: aws.String("later"), DelaySeconds: 1}))
	expect("delayed", 0, len(receive(url, 1, 0)))
	message := one("waited for", url, 10)
	expect("body", "later", *message.Body)
	must(client.DeleteMessage(ctx, &sqs.DeleteMessageInput{QueueUrl: &url, ReceiptHandle: message.ReceiptHandle}))
}

func batch(url string) {
	var entries []types.SendMessageBatchRequestEntry
	var texts, ids []string
	for number := range 10 {
		text, id := fmt.Sprintf("message %d", number), fmt.Sprintf("e%d", number)
		texts, ids = append(texts, text), append(ids, id)
		entries = append(entries, types.SendMessageBatchRequestEntry{Id: &id, MessageBody: &text, MessageAttributes: attributes})
	}
	sent := must(client.SendMessageBatch(ctx, &sqs.SendMessageBatchInput{QueueUrl: &url, Entries: entries}))
	var seen []string
	for _, entry := range sent.Successful {
		seen = append(seen, *entry.Id)
	}
	expect("all sent", ids, seen)
	expect("none failed", 0, len(sent.Failed))
	var messages []types.Message
	for len(messages) < 10 {
		some := receive(url, 10, 5)
		expect("a message before the end of the poll", true, len(some) > 0)
		messages = append(messages, some...)
	}
	expect("all received", texts, slices.Sorted(slices.Values(bodies(messages))))
	gone := deleteAll(url, messages, 9)
	expect("nine deleted", 9, len(gone.Successful))
	expect("one refused", 1, len(gone.Failed))
	failed := gone.Failed[0]
	expect("why", []any{"9", "ReceiptHandleIsInvalid", true}, []any{*failed.Id, *failed.Code, failed.SenderFault})
}

// deleteAll gives the message at `wrong` a receipt handle that is none.
func deleteAll(url string, messages []types.Message, wrong int) *sqs.DeleteMessageBatchOutput {
	var entries []types.DeleteMessageBatchRequestEntry
	for at, message := range messages {
		handle := message.ReceiptHandle
		if at == wrong {
			handle = aws.String("no handle")
		}
		entries = append(entries, types.DeleteMessageBatchRequestEntry{Id: aws.String(fmt.Sprint(at)), ReceiptHandle: handle})
	}
	return must(client.DeleteMessageBatch(ctx, &sqs.DeleteMessageBatchInput{QueueUrl: &url, Entries: entries}))
}

func order(url string, number int) *sqs.SendMessageOutput {
	text := fmt.Sprintf("order %d", number)
	return must(client.SendMessage(ctx, &sqs.SendMessageInput{QueueUrl: &url, MessageBody: &text, MessageGroupId: aws.String("a")}))
}

func fifo() {
	url := createQueue(run+".fifo", map[string]string{"FifoQueue": "true", "ContentBasedDeduplication": "true"})
	first := order(url, 1)
	order(url, 1)
	entries := []types.SendMessageBatchRequestEntry{
		{Id: aws.String("e2"), MessageBody: aws.String("order 2"), MessageGroupId: aws.String("a")},
		{Id: aws.String("e3"), MessageBody: aws.String("order 3"), MessageGroupId: aws.String("a")},
	}
	sent := must(client.SendMessageBatch(ctx, &sqs.SendMessageBatchInput{QueueUrl: &url, Entries: entries}))
	expect("two sent", []string{"e2", "e3"}, []string{*sent.Successful[0].Id, *sent.Successful[1].Id})
	messages := receive(url, 10, 0)
	expect("in order, without the duplicate", []string{"order 1", "order 2", "order 3"}, bodies(messages))
	sum := sha256.Sum256([]byte("order 1"))
	expect("deduplication by content", hex.EncodeToString(sum[:]), messages[0].Attributes["MessageDeduplicationId"])
	expect("first sequence number", *first.SequenceNumber, messages[0].Attributes["SequenceNumber"])
	var before big.Int
	for _, message := range messages {
		expect("group", "a", message.Attributes["MessageGroupId"])
		number, read := new(big.Int).SetString(message.Attributes["SequenceNumber"], 10)
		expect("sequence numbers rise", true, read && number.Cmp(&before) > 0)
		before = *number
	}
	order(url, 4)
	expect("the group is locked", 0, len(receive(url, 1, 0)))
	deleteAll(url, messages, -1)
	expect("the group is free", "order 4", *one("after the deletes", url, 0).Body)
}

func hiddenFor(seconds int32) func(*sqs.ReceiveMessageInput) {
	return func(in *sqs.ReceiveMessageInput) { in.VisibilityTimeout = seconds }
}

func deadLetter() (source, dead string) {
	dead = createQueue(run+"-dead", nil)
	policy := must(json.Marshal(map[string]any{"deadLetterTargetArn": attribute(dead, "QueueArn"), "maxReceiveCount": 2}))
	source = createQueue(run+"-source", map[string]string{"RedrivePolicy": string(policy), "VisibilityTimeout": "0"})
	sent := must(client.SendMessage(ctx, &sqs.SendMessageInput{QueueUrl: &source, MessageBody: aws.String("poison"), MessageAttributes: attributes}))
	for _, count := range []string{"1", "2"} {
		expect("count", count, one("receive "+count, source, 0).Attributes["ApproximateReceiveCount"])
	}
	expect("after two receives", 0, len(receive(source, 1, 0)))
	message := one("in the dead-letter queue", dead, 5, hiddenFor(1))
	expect("dead letter", []string{*sent.MessageId, "poison"}, []string{*message.MessageId, *message.Body})
	expect("its attributes", attributes, message.MessageAttributes)
	expect("where it comes from", attribute(source, "QueueArn"), message.Attributes["DeadLetterQueueSourceArn"])
	must(client.ChangeMessageVisibility(ctx, &sqs.ChangeMessageVisibilityInput{QueueUrl: &dead, ReceiptHandle: message.ReceiptHandle}))
	sources := must(client.ListDeadLetterSourceQueues(ctx, &sqs.ListDeadLetterSourceQueuesInput{QueueUrl: &dead}))
	expect("sources", []string{source}, sources.QueueUrls)
	return source, dead
}

func redrive(source, dead string) {
	arn := attribute(dead, "QueueArn")
	started := must(client.StartMessageMoveTask(ctx, &sqs.StartMessageMoveTaskInput{SourceArn: &arn, MaxNumberOfMessagesPerSecond: aws.Int32(100)}))
	expect("a handle", true, *started.TaskHandle != "")
	var task types.ListMessageMoveTasksResultEntry
	for tries := 0; tries < 100 && (tries == 0 || *task.Status == "RUNNING"); tries++ {
		task = must(client.ListMessageMoveTasks(ctx, &sqs.ListMessageMoveTasksInput{SourceArn: &arn})).Results[0]
		time.Sleep(100 * time.Millisecond)
	}
	expect("task", []any{"COMPLETED", arn, int64(1)}, []any{*task.Status, *task.SourceArn, task.ApproximateNumberOfMessagesMoved})
	expect("back at its source", "poison", *one("after the redrive", source, 5).Body)
	expect("dead-letter queue", 0, len(receive(dead, 1, 0)))
}

// refused expects an error of the modelled type T with its code and HTTP status.
func refused[T error](what, code string, status int, err error) {
	var modelled T
	var told smithy.APIError
	var response *awshttp.ResponseError
	if !errors.As(err, &modelled) || !errors.As(err, &told) || !errors.As(err, &response) {
		expect(what, fmt.Sprintf("%T", modelled), fmt.Sprintf("%T %v", err, err))
		return
	}
	expect(what, []any{code, status}, []any{told.ErrorCode(), response.HTTPStatusCode()})
}

func refusals(url string) {
	_, err := client.GetQueueUrl(ctx, &sqs.GetQueueUrlInput{QueueName: aws.String(run + "-none")})
	refused[*types.QueueDoesNotExist]("no such queue", "AWS.SimpleQueueService.NonExistentQueue", 400, err)
	_, err = client.CreateQueue(ctx, &sqs.CreateQueueInput{QueueName: aws.String(run + "-standard"), Attributes: map[string]string{"VisibilityTimeout": "31"}})
	refused[*types.QueueNameExists]("another value", "QueueAlreadyExists", 400, err)
	_, err = client.DeleteMessage(ctx, &sqs.DeleteMessageInput{QueueUrl: &url, ReceiptHandle: aws.String("no handle")})
	refused[*types.ReceiptHandleIsInvalid]("no handle", "ReceiptHandleIsInvalid", 404, err)
	same := types.DeleteMessageBatchRequestEntry{Id: aws.String("same"), ReceiptHandle: aws.String("x")}
	_, err = client.DeleteMessageBatch(ctx, &sqs.DeleteMessageBatchInput{QueueUrl: &url, Entries: []types.DeleteMessageBatchRequestEntry{same, same}})
	refused[*types.BatchEntryIdsNotDistinct]("one id twice", "AWS.SimpleQueueService.BatchEntryIdsNotDistinct", 400, err)
	_, err = client.SendMessage(ctx, &sqs.SendMessageInput{QueueUrl: &url, MessageBody: aws.String("x"), DelaySeconds: 901})
	refused[*smithy.GenericAPIError]("an error without a model", "InvalidParameterValue", 400, err)
}

func cleanUp() {
	for _, url := range queues {
		must(client.DeleteQueue(ctx, &sqs.DeleteQueueInput{QueueUrl: &url}))
	}
	left := must(client.ListQueues(ctx, &sqs.ListQueuesInput{QueueNamePrefix: &run}))
	expect("queues left", 0, len(left.QueueUrls))
}

func main() {
	h2c := slices.Contains(os.Args[1:], "h2c")
	settings := must(config.LoadDefaultConfig(ctx))
	if h2c {
		var protocols http.Protocols
		protocols.SetUnencryptedHTTP2(true)
		settings.HTTPClient = &http.Client{Transport: &http.Transport{Protocols: &protocols}}
	}
	client = sqs.NewFromConfig(settings)
	fmt.Printf("aws-sdk-go-v2 %s h2c=%t %s\n", aws.SDKVersion, h2c, endpoint)
	if slices.Contains(os.Args[1:], "sns") {
		topicFlow(settings)
		return
	}
	if slices.Contains(os.Args[1:], "kinesis") {
		streamFlow(settings)
		return
	}
	url := create()
	ok("create")
	first := sendAndReceive(url)
	ok("send and receive")
	second := changeVisibility(url, first)
	ok("change visibility")
	deleteMessage(url, second)
	ok("delete")
	longPoll(url)
	ok("long poll")
	batch(url)
	ok("batch")
	fifo()
	ok("fifo")
	source, dead := deadLetter()
	ok("dead letter")
	redrive(source, dead)
	ok("redrive")
	refusals(url)
	ok("errors")
	cleanUp()
	ok("clean up")
}
