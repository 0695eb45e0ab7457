/**
 * What is known of orders whose payment URL was published, and of records that were dead-lettered. Pure code: the topics that tell it
 * are read in {@code kafka}.
 */
package org.trustpaybridge.ledger;
