/** What the wire, danger and packaging tests and the demo share: a real broker, child processes, and a view into topics. */
package org.trustpaybridge.testkit;
