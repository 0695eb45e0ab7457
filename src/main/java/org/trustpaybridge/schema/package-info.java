/**
 * Values in the format of a schema registry: finds the schema that a value names, and makes JSON of the value. What the JSON says is none
 * of its business. Without {@code schema-registry.url} nothing of it exists.
 */
package org.trustpaybridge.schema;
