"""Writes a mail with the payment link for each order, once: pip install confluent-kafka, then python3 mail_payment_link.py"""
import hashlib, json, os, pathlib
from confluent_kafka import Consumer, KafkaException


def address_for(order):
    return "customer@example.com"  # Your shop knows it; the event has no personal data.


outbox = pathlib.Path(os.environ.get("OUTBOX", "outbox"))
outbox.mkdir(parents=True, exist_ok=True)
consumer = Consumer({"bootstrap.servers": os.environ.get("KAFKA_BROKERS", "localhost:9092"), "group.id": "mail-payment-links",
                     "enable.auto.commit": False, "auto.offset.reset": "earliest"})
consumer.subscribe(["payment-url-created"])
while True:
    record = consumer.poll(1.0)
    if record is None:
        continue
    if record.error():
        raise KafkaException(record.error())
    if dict(record.headers() or []).get("ce_type") == b"trustpay.payment-url-created.v1":
        payment = json.loads(record.value())
        order = payment["order_id"]
        # The mail's own name says that it was written, also after a restart. An order id is no file name, hence the hash.
        mail = outbox / (hashlib.sha256(order.encode()).hexdigest() + ".eml")
        if mail.exists():
            print("mailed before", order, flush=True)
        else:
            draft = mail.with_suffix(".draft")
            draft.write_text(f"To: {address_for(order)}\nSubject: Your payment link\nContent-Type: text/plain; charset=utf-8\n\n"
                             f"Please pay order {order} until {payment['expires_at']}:\n{payment['payment_url']}\n", "utf-8")
            draft.rename(mail)
            print("mailed", order, flush=True)
    consumer.commit(record, asynchronous=False)  # Only now: a record whose mail is not written is read again.
