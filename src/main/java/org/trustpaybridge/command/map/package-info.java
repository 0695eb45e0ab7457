/** {@code map}: shows what events would become, and tests mappings. It maps by the code that {@code run} maps by, and sends nothing. */
package org.trustpaybridge.command.map;
