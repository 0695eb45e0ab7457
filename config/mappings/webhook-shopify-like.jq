# The order of a webhook as Shopify has it: prices as texts with two digits, the locale as cs-CZ or cs.
# The URLs are not in it: set order.notification-url, order.redirect-url and order.cancel-url.
select((.payment_gateway_names // []) | any(ascii_downcase | contains("trustpay")))
| . as $order
| ($order.total_price | minor_units($order.currency)) as $amount
| {
    order_id: ($order.name | ltrimstr("#")),
    currency: $order.currency,
    amount: $amount,
    description: ($order.line_items | description(.title; .quantity)),
    customer: {
      email: ($order.email // $order.contact_email),
      locale: locale($order.customer_locale; $order.billing_address.country_code),
      first_name: $order.billing_address.first_name,
      last_name: $order.billing_address.last_name,
      address1: $order.billing_address.address1,
      address2: $order.billing_address.address2,
      zip_code: $order.billing_address.zip,
      city: $order.billing_address.city,
      country: $order.billing_address.country_code,
      phone: ($order.billing_address.phone // $order.phone),
      ip_address: $order.browser_ip,
      user_agent: $order.client_details.user_agent
    },
    payment_options: (if $order.order_status_url then {redirect_url: $order.order_status_url} else null end)
  }
