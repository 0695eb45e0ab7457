/**
 * What MultiSafepay tells of payments: whether a notification is really MultiSafepay's, which statuses there are, and which may follow
 * which. How a notification arrives and where a change is published does not belong here.
 */
package org.trustpaybridge.payment;
