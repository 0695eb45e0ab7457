# A row of an outbox table as Debezium reports it, with its envelope: before, after, op. The order is JSON text in the column "payload".
# Only rows that were inserted count; the outbox is read once more after a snapshot (op "r").
select(.op == "c" or .op == "r")
| .after
| select(.aggregatetype == "order" and .type == "OrderCreated")
| .aggregateid as $id
| (.payload | fromjson) as $order
| ($order.amount | minor_units($order.currency)) as $amount
| {
    order_id: $id,
    currency: $order.currency,
    amount: $amount,
    description: $order.title,
    customer: {
      email: $order.buyer.mail,
      locale: locale($order.buyer.lang; $order.buyer.country)
    },
    days_active: 3
  }
