# An event of one's own shape: an envelope around the order, names in camelCase, amounts as decimals.
# Only orders that are to be paid with TrustPay are taken; the others on the topic are skipped.
select(.eventType == "OrderPlaced" and .payload.payment.method == "trustpay")
| .payload as $order
| ($order.totals.grandTotal | minor_units($order.totals.currency)) as $amount
| {
    order_id: $order.orderNumber,
    currency: $order.totals.currency,
    amount: $amount,
    description: "Order \($order.orderNumber): \($order.items | description(.name; .quantity))",
    customer: {
      email: $order.customer.emailAddress,
      locale: locale($order.customer.language; $order.billingAddress.countryCode),
      first_name: $order.customer.firstName,
      last_name: $order.customer.lastName,
      address1: $order.billingAddress.street,
      house_number: $order.billingAddress.houseNumber,
      zip_code: $order.billingAddress.postalCode,
      city: $order.billingAddress.city,
      country: $order.billingAddress.countryCode,
      phone: $order.customer.phoneNumber,
      ip_address: $order.customer.remoteAddress
    },
    payment_options: {
      notification_url: $order.urls.notification,
      redirect_url: $order.urls.success,
      cancel_url: $order.urls.cancel
    }
  }
