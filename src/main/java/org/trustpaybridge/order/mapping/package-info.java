/**
 * From an event of any shape to an order, by a jq program of the shop's ({@code order.mapping}).
 *
 * <p>The program is parsed by jackson-jq, and its parts that are sound are evaluated by jackson-jq too. What must be exact, bounded or
 * silent about values is ours: {@code Rebuild} makes of the parsed program one whose arithmetic is decimal, and which counts each step, and
 * what it may call are the functions of {@code Natives} and {@code prelude.jq} and no others.
 */
package org.trustpaybridge.order.mapping;
