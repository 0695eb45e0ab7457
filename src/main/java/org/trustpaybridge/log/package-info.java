/** How the bridge's own types stand in JSON log lines. Named by the logging configuration, known to no other package. */
package org.trustpaybridge.log;
