// Publishes an order: npm ci, then node create-order.mjs my-order-id-1
import { Kafka, Partitioners, logLevel } from "kafkajs";

const id = process.argv[2];
const order = {
  order_id: id, currency: "CZK", amount: 1000, // 10.00 CZK, in minor units
  description: "Test Order Description",
  customer: { email: "simonsmit@example.com", locale: "cs_CZ" },
  // May be left out where the bridge has order.notification-url and so on.
  payment_options: { notification_url: "https://shop.example.com/notification",
    redirect_url: "https://shop.example.com/thanks", cancel_url: "https://shop.example.com/cart" },
};
const kafka = new Kafka({ brokers: (process.env.KAFKA_BROKERS ?? "localhost:9092").split(","), logLevel: logLevel.ERROR });
const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, idempotent: true });
await producer.connect();
// The order id is the key, so that records of one order stay in one partition and in their order.
await producer.send({ topic: "order-created", acks: -1, messages: [{ key: id, value: JSON.stringify(order) }] });
console.log("created", id);
await producer.disconnect();
