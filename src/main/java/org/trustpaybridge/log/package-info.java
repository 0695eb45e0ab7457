/** What is logged, and how: the catalogue of log events, and how the bridge's own types stand in JSON lines. */
package org.trustpaybridge.log;
