package org.trustpaybridge.schema;

/** A registry says that it has no such schema. */
final class UnknownSchemaException extends Exception {

    private static final long serialVersionUID = 1L;

    UnknownSchemaException(String what) {
        super(what);
    }
}
