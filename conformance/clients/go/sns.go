package main

import (
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sns"
	"github.com/aws/aws-sdk-go-v2/service/sns/types"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	sqstypes "github.com/aws/aws-sdk-go-v2/service/sqs/types"
)

var (
	notifier *sns.Client
	topics   []string
)

var snsAttributes = map[string]types.MessageAttributeValue{
	"Text":  {DataType: aws.String("String"), StringValue: aws.String("über & <out>")},
	"Count": {DataType: aws.String("Number"), StringValue: aws.String("42")},
	"Bytes": {DataType: aws.String("Binary"), BinaryValue: everyByte()},
}

type envelope struct {
	Type, MessageId, TopicArn, Subject, Message, UnsubscribeURL string
	MessageAttributes                                           map[string]struct{ Type, Value string }
}

func opened(message sqstypes.Message) envelope {
	var opened envelope
	must(0, json.Unmarshal([]byte(*message.Body), &opened))
	return opened
}

// openQueue makes a queue that lets the messages of a topic in.
func openQueue(name, topic string, values map[string]string) (url, arn string) {
	url = createQueue(name, values)
	arn = attribute(url, "QueueArn")
	policy := must(json.Marshal(map[string]any{
		"Version": "2012-10-17",
		"Statement": []any{map[string]any{
			"Effect":    "Allow",
			"Principal": map[string]string{"Service": "sns.amazonaws.com"},
			"Action":    "sqs:SendMessage",
			"Resource":  arn,
			"Condition": map[string]any{"ArnEquals": map[string]string{"aws:SourceArn": topic}},
		}},
	}))
	must(client.SetQueueAttributes(ctx, &sqs.SetQueueAttributesInput{QueueUrl: &url, Attributes: map[string]string{"Policy": string(policy)}}))
	return url, arn
}

// take takes as many messages out of a queue.
func take(url string, number int) []sqstypes.Message {
	var messages []sqstypes.Message
	for len(messages) < number {
		some := receive(url, 10, 2)
		expect("a message before the end of the poll", true, len(some) > 0)
		deleteAll(url, some, -1)
		messages = append(messages, some...)
	}
	return messages
}

func createTopic(in sns.CreateTopicInput) string {
	arn := *must(notifier.CreateTopic(ctx, &in)).TopicArn
	if !slices.Contains(topics, arn) {
		topics = append(topics, arn)
	}
	return arn
}

func subscriptionAttributes(arn string) map[string]string {
	return must(notifier.GetSubscriptionAttributes(ctx, &sns.GetSubscriptionAttributesInput{SubscriptionArn: &arn})).Attributes
}

func setSubscriptionAttribute(arn, name, value string) {
	must(notifier.SetSubscriptionAttributes(ctx, &sns.SetSubscriptionAttributesInput{SubscriptionArn: &arn, AttributeName: &name, AttributeValue: &value}))
}

func listedTopics() []string {
	var arns []string
	for pager := sns.NewListTopicsPaginator(notifier, &sns.ListTopicsInput{}); pager.HasMorePages(); {
		for _, topic := range must(pager.NextPage(ctx)).Topics {
			arns = append(arns, *topic.TopicArn)
		}
	}
	return arns
}

func createOrders() string {
	name := run + "-orders"
	tags := []types.Tag{{Key: aws.String("team"), Value: aws.String("orders")}}
	topic := createTopic(sns.CreateTopicInput{Name: &name, Tags: tags, Attributes: map[string]string{"DisplayName": "Orders"}})
	expect("ARN of the new topic", name, strings.Split(topic, ":")[5])
	expect("created again", topic, createTopic(sns.CreateTopicInput{Name: &name}))
	listed := must(notifier.ListTagsForResource(ctx, &sns.ListTagsForResourceInput{ResourceArn: &topic})).Tags
	expect("tags", []string{"team", "orders"}, []string{*listed[0].Key, *listed[0].Value})
	must(notifier.SetTopicAttributes(ctx, &sns.SetTopicAttributesInput{TopicArn: &topic, AttributeName: aws.String("DisplayName"), AttributeValue: aws.String("All & <orders>")}))
	shown := must(notifier.GetTopicAttributes(ctx, &sns.GetTopicAttributesInput{TopicArn: &topic})).Attributes
	expect("attributes", []string{topic, "All & <orders>", "0"}, []string{shown["TopicArn"], shown["DisplayName"], shown["SubscriptionsConfirmed"]})
	expect("listed", true, slices.Contains(listedTopics(), topic))
	return topic
}

func subscribe(topic string) (url, subscription string) {
	url, arn := openQueue(run+"-queue", topic, nil)
	in := sns.SubscribeInput{TopicArn: &topic, Protocol: aws.String("sqs"), Endpoint: &arn}
	subscription = *must(notifier.Subscribe(ctx, &in)).SubscriptionArn
	expect("its ARN begins with that of the topic", true, strings.HasPrefix(subscription, topic+":"))
	expect("subscribed again", subscription, *must(notifier.Subscribe(ctx, &in)).SubscriptionArn)
	shown := subscriptionAttributes(subscription)
	expect("attributes", []string{"sqs", arn, "false", "false"}, []string{shown["Protocol"], shown["Endpoint"], shown["PendingConfirmation"], shown["RawMessageDelivery"]})
	listed := must(notifier.ListSubscriptionsByTopic(ctx, &sns.ListSubscriptionsByTopicInput{TopicArn: &topic})).Subscriptions
	expect("listed", []string{subscription}, []string{*listed[0].SubscriptionArn})
	return url, subscription
}

func publish(topic, url, subscription string) {
	sent := must(notifier.Publish(ctx, &sns.PublishInput{TopicArn: &topic, Message: aws.String(body), Subject: aws.String("A subject"), MessageAttributes: snsAttributes}))
	message := take(url, 1)[0]
	seen := opened(message)
	expect("envelope", []string{"Notification", *sent.MessageId, topic, "A subject", body}, []string{seen.Type, seen.MessageId, seen.TopicArn, seen.Subject, seen.Message})
	expect("attributes in the envelope", struct{ Type, Value string }{"Number", "42"}, seen.MessageAttributes["Count"])
	expect("no attributes beside it", 0, len(message.MessageAttributes))
	expect("how to unsubscribe", true, strings.Contains(seen.UnsubscribeURL, subscription))
	text := must(json.Marshal(map[string]string{"default": "for all", "sqs": "for queues"}))
	must(notifier.Publish(ctx, &sns.PublishInput{TopicArn: &topic, Message: aws.String(string(text)), MessageStructure: aws.String("json")}))
	expect("the queue's own message", "for queues", opened(take(url, 1)[0]).Message)
}

func publishBatch(topic, url string) {
	var entries []types.PublishBatchRequestEntry
	var texts, ids []string
	for number := range 10 {
		text, id := fmt.Sprintf("message %d", number), fmt.Sprintf("e%d", number)
		texts, ids = append(texts, text), append(ids, id)
		entries = append(entries, types.PublishBatchRequestEntry{Id: &id, Message: &text, MessageAttributes: snsAttributes})
	}
	sent := must(notifier.PublishBatch(ctx, &sns.PublishBatchInput{TopicArn: &topic, PublishBatchRequestEntries: entries}))
	var seen []string
	for _, entry := range sent.Successful {
		seen = append(seen, *entry.Id)
	}
	expect("all published", ids, seen)
	expect("none failed", 0, len(sent.Failed))
	var received []string
	for _, message := range take(url, 10) {
		received = append(received, opened(message).Message)
	}
	expect("all received", texts, slices.Sorted(slices.Values(received)))
}

func filter(topic, url, subscription string) {
	setSubscriptionAttribute(subscription, "FilterPolicy", `{"kind":["order",{"prefix":"re"}],"price":[{"numeric":[">",0,"<=",100]}]}`)
	for _, message := range [][]string{{"order", "100"}, {"order", "101"}, {"return", "1"}, {"invoice", "1"}} {
		values := map[string]types.MessageAttributeValue{
			"kind":  {DataType: aws.String("String"), StringValue: &message[0]},
			"price": {DataType: aws.String("Number"), StringValue: &message[1]},
		}
		must(notifier.Publish(ctx, &sns.PublishInput{TopicArn: &topic, Message: aws.String(strings.Join(message, " ")), MessageAttributes: values}))
	}
	var seen []string
	for _, message := range take(url, 2) {
		seen = append(seen, opened(message).Message)
	}
	expect("what matches", []string{"order 100", "return 1"}, slices.Sorted(slices.Values(seen)))
	expect("nothing else", 0, len(receive(url, 10, 1)))
	setSubscriptionAttribute(subscription, "FilterPolicy", "{}")
}

func raw(topic, url, subscription string) {
	setSubscriptionAttribute(subscription, "RawMessageDelivery", "true")
	must(notifier.Publish(ctx, &sns.PublishInput{TopicArn: &topic, Message: aws.String(body), MessageAttributes: snsAttributes}))
	message := take(url, 1)[0]
	expect("body", body, *message.Body)
	expect("text", "über & <out>", *message.MessageAttributes["Text"].StringValue)
	expect("bytes", everyByte(), message.MessageAttributes["Bytes"].BinaryValue)
}

func fifoTopic() {
	topic := createTopic(sns.CreateTopicInput{Name: aws.String(run + "-orders.fifo"), Attributes: map[string]string{"FifoTopic": "true", "ContentBasedDeduplication": "true"}})
	url, arn := openQueue(run+"-queue.fifo", topic, map[string]string{"FifoQueue": "true"})
	must(notifier.Subscribe(ctx, &sns.SubscribeInput{TopicArn: &topic, Protocol: aws.String("sqs"), Endpoint: &arn, Attributes: map[string]string{"RawMessageDelivery": "true"}}))
	var before big.Int
	var first string
	for at, number := range []int{1, 1, 2, 3} {
		text := fmt.Sprintf("order %d", number)
		sent := must(notifier.Publish(ctx, &sns.PublishInput{TopicArn: &topic, Message: &text, MessageGroupId: aws.String("a")}))
		sequence, read := new(big.Int).SetString(*sent.SequenceNumber, 10)
		switch at {
		case 0:
			first = *sent.MessageId
		case 1:
			expect("the duplicate has the id of the first", first, *sent.MessageId)
			continue
		}
		expect("sequence numbers rise", true, read && sequence.Cmp(&before) > 0)
		before = *sequence
	}
	messages := take(url, 3)
	expect("in order, without the duplicate", []string{"order 1", "order 2", "order 3"}, bodies(messages))
	expect("group", "a", messages[2].Attributes["MessageGroupId"])
}

func push() {
	application := *must(notifier.CreatePlatformApplication(ctx, &sns.CreatePlatformApplicationInput{Name: &run, Platform: aws.String("GCM"), Attributes: map[string]string{"PlatformCredential": "key"}})).PlatformApplicationArn
	shown := must(notifier.GetPlatformApplicationAttributes(ctx, &sns.GetPlatformApplicationAttributesInput{PlatformApplicationArn: &application})).Attributes
	expect("application", map[string]string{"Enabled": "true"}, shown)
	device := sns.CreatePlatformEndpointInput{PlatformApplicationArn: &application, Token: aws.String("token"), CustomUserData: aws.String("user 1")}
	endpoint := *must(notifier.CreatePlatformEndpoint(ctx, &device)).EndpointArn
	expect("created again", endpoint, *must(notifier.CreatePlatformEndpoint(ctx, &device)).EndpointArn)
	device.CustomUserData = nil
	_, err := notifier.CreatePlatformEndpoint(ctx, &device)
	refused[*types.InvalidParameterException]("other attributes", "InvalidParameter", 400, err)
	expect("which endpoint", true, strings.Contains(err.Error(), "Endpoint "+endpoint+" already exists with the same Token"))
	message := sns.PublishInput{TargetArn: &endpoint, Message: aws.String("hello")}
	must(notifier.Publish(ctx, &message))
	must(notifier.SetEndpointAttributes(ctx, &sns.SetEndpointAttributesInput{EndpointArn: &endpoint, Attributes: map[string]string{"Enabled": "false"}}))
	_, err = notifier.Publish(ctx, &message)
	refused[*types.EndpointDisabledException]("disabled", "EndpointDisabled", 400, err)
	listed := must(notifier.ListEndpointsByPlatformApplication(ctx, &sns.ListEndpointsByPlatformApplicationInput{PlatformApplicationArn: &application})).Endpoints
	expect("listed", []string{endpoint}, []string{*listed[0].EndpointArn})
	must(notifier.DeleteEndpoint(ctx, &sns.DeleteEndpointInput{EndpointArn: &endpoint}))
	must(notifier.DeletePlatformApplication(ctx, &sns.DeletePlatformApplicationInput{PlatformApplicationArn: &application}))
}

func textMessages() {
	must(notifier.SetSMSAttributes(ctx, &sns.SetSMSAttributesInput{Attributes: map[string]string{"DefaultSMSType": "Transactional", "DefaultSenderID": "Orders"}}))
	shown := must(notifier.GetSMSAttributes(ctx, &sns.GetSMSAttributesInput{Attributes: []string{"DefaultSMSType"}})).Attributes
	expect("type", map[string]string{"DefaultSMSType": "Transactional"}, shown)
	number := "+15550100123"
	must(notifier.Publish(ctx, &sns.PublishInput{PhoneNumber: &number, Message: aws.String("hello")}))
	expect("not opted out", false, must(notifier.CheckIfPhoneNumberIsOptedOut(ctx, &sns.CheckIfPhoneNumberIsOptedOutInput{PhoneNumber: &number})).IsOptedOut)
}

func snsRefusals(topic string) {
	_, err := notifier.Publish(ctx, &sns.PublishInput{TopicArn: aws.String(topic + "-none"), Message: aws.String("x")})
	refused[*types.NotFoundException]("no such topic", "NotFound", 404, err)
	_, err = notifier.Publish(ctx, &sns.PublishInput{TopicArn: &topic, Message: aws.String("")})
	refused[*types.InvalidParameterException]("empty message", "InvalidParameter", 400, err)
	same := types.PublishBatchRequestEntry{Id: aws.String("same"), Message: aws.String("x")}
	_, err = notifier.PublishBatch(ctx, &sns.PublishBatchInput{TopicArn: &topic, PublishBatchRequestEntries: []types.PublishBatchRequestEntry{same, same}})
	refused[*types.BatchEntryIdsNotDistinctException]("one id twice", "BatchEntryIdsNotDistinct", 400, err)
	wrong := map[string]types.MessageAttributeValue{"a": {DataType: aws.String("String"), BinaryValue: []byte{1}}}
	_, err = notifier.Publish(ctx, &sns.PublishInput{TopicArn: &topic, Message: aws.String("x"), MessageAttributes: wrong})
	refused[*types.InvalidParameterValueException]("a value in the wrong field", "ParameterValueInvalid", 400, err)
}

func cleanUpTopics(subscription string) {
	must(notifier.Unsubscribe(ctx, &sns.UnsubscribeInput{SubscriptionArn: &subscription}))
	for _, topic := range topics {
		must(notifier.DeleteTopic(ctx, &sns.DeleteTopicInput{TopicArn: &topic}))
	}
	expect("topics left", false, slices.ContainsFunc(listedTopics(), func(arn string) bool { return strings.Contains(arn, run) }))
	cleanUp()
}

// topicFlow is the flow of topics of ../README.md.
func topicFlow(settings aws.Config) {
	notifier = sns.NewFromConfig(settings)
	topic := createOrders()
	ok("create")
	url, subscription := subscribe(topic)
	ok("subscribe")
	publish(topic, url, subscription)
	ok("publish")
	publishBatch(topic, url)
	ok("batch")
	filter(topic, url, subscription)
	ok("filter")
	raw(topic, url, subscription)
	ok("raw")
	fifoTopic()
	ok("fifo")
	push()
	ok("push")
	textMessages()
	ok("text messages")
	snsRefusals(topic)
	ok("errors")
	cleanUpTopics(subscription)
	ok("clean up")
}
