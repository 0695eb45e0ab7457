"""Publishes an order: pip install confluent-kafka, then python3 create_order.py my-order-id-1"""
import json, os, sys
from confluent_kafka import KafkaException, Producer


def written(error, record):
    if error:
        raise KafkaException(error)
    print("created", record.key().decode(), flush=True)


order_id = sys.argv[1]
order = {
    "order_id": order_id, "currency": "CZK", "amount": 1000,  # 10.00 CZK, in minor units
    "description": "Test Order Description",
    "customer": {"email": "simonsmit@example.com", "locale": "cs_CZ"},
    # May be left out where the bridge has order.notification-url and so on.
    "payment_options": {"notification_url": "https://shop.example.com/notification",
                        "redirect_url": "https://shop.example.com/thanks", "cancel_url": "https://shop.example.com/cart"}}
producer = Producer({"bootstrap.servers": os.environ.get("KAFKA_BROKERS", "localhost:9092"), "enable.idempotence": True})
# The order id is the key, so that records of one order stay in one partition and in their order.
producer.produce("order-created", json.dumps(order), order_id, on_delivery=written)
if producer.flush(30):
    sys.exit("Kafka did not take the order within 30 seconds.")
