// Writes a mail with the payment link for each order, once: npm ci, then node mail-payment-link.mjs
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { Kafka, logLevel } from "kafkajs";

const outbox = process.env.OUTBOX ?? "outbox";
const addressFor = (order) => "customer@example.com"; // Your shop knows it; the event has no personal data.

mkdirSync(outbox, { recursive: true });
const kafka = new Kafka({ brokers: (process.env.KAFKA_BROKERS ?? "localhost:9092").split(","), logLevel: logLevel.ERROR });
const consumer = kafka.consumer({ groupId: "mail-payment-links" });
await consumer.connect();
await consumer.subscribe({ topic: "payment-url-created", fromBeginning: true });
await consumer.run({
  // Committed once this returns: a record whose mail is not written is read again.
  eachMessage: async ({ message }) => {
    if (message.headers?.ce_type?.toString() !== "trustpay.payment-url-created.v1") return;
    const payment = JSON.parse(message.value);
    const order = payment.order_id;
    // The mail's own name says that it was written, also after a restart. An order id is no file name, hence the hash.
    const mail = `${outbox}/${createHash("sha256").update(order).digest("hex")}.eml`;
    if (existsSync(mail)) return console.log("mailed before", order);
    writeFileSync(`${mail}.draft`, `To: ${addressFor(order)}\nSubject: Your payment link\nContent-Type: text/plain; charset=utf-8\n\n`
      + `Please pay order ${order} until ${payment.expires_at}:\n${payment.payment_url}\n`);
    renameSync(`${mail}.draft`, mail);
    console.log("mailed", order);
  },
});
