# An order as commercetools has it: amounts in cents, with the number of digits that "cent" stands for.
# A message OrderCreated carries the order; one of another type is skipped.
select(.type == "OrderCreated")
| .order as $order
| ($order.locale // "en") as $language
| ($order.taxedPrice.totalGross // $order.totalPrice) as $total
| ($total.centAmount | minor_units($total.currencyCode; $total.fractionDigits)) as $amount
| {
    order_id: ($order.orderNumber // $order.id),
    currency: $total.currencyCode,
    amount: $amount,
    description: ($order.lineItems
      | description(.name | (.[$language] // [.[]][0]); .quantity)),
    customer: {
      email: $order.customerEmail,
      locale: locale($language; $order.billingAddress.country),
      first_name: $order.billingAddress.firstName,
      last_name: $order.billingAddress.lastName,
      address1: $order.billingAddress.streetName,
      house_number: $order.billingAddress.streetNumber,
      zip_code: $order.billingAddress.postalCode,
      city: $order.billingAddress.city,
      country: $order.billingAddress.country,
      phone: $order.billingAddress.phone
    },
    payment_options: {
      redirect_url: $order.custom.fields.returnUrl,
      cancel_url: $order.custom.fields.cancelUrl
    },
    var1: $order.id
  }
