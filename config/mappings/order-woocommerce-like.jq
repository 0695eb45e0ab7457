# An order as WooCommerce's REST API and webhooks have it: the id is a number, the total a text.
# It knows no language of the customer: the locale follows from the country, by a table of one's own.
# Set order.notification-url; the other two URLs are made of the shop's address in the record header "shop-url".
{"CZ": "cs_CZ", "SK": "sk_SK"} as $locales
| select(.payment_method == "trustpay")
| . as $order
| ($order.total | minor_units($order.currency)) as $amount
| ($headers["shop-url"] // error("the record header shop-url is missing")) as $shop
| {
    order_id: $order.id,
    currency: $order.currency,
    amount: $amount,
    description: "Order \($order.number)",
    customer: {
      email: $order.billing.email,
      locale: ($locales[$order.billing.country] // "en_US"),
      first_name: $order.billing.first_name,
      last_name: $order.billing.last_name,
      address1: $order.billing.address_1,
      address2: $order.billing.address_2,
      zip_code: $order.billing.postcode,
      city: $order.billing.city,
      state: $order.billing.state,
      country: $order.billing.country,
      phone: $order.billing.phone,
      ip_address: $order.customer_ip_address,
      user_agent: $order.customer_user_agent
    },
    payment_options: {
      redirect_url: "\($shop)/checkout/order-received/\($order.id)/?key=\($order.order_key | @uri)",
      cancel_url: "\($shop)/cart/"
    },
    plugin: {shop: "WooCommerce", shop_version: $order.version}
  }
