package org.trustpaybridge.route;

/** What a record says cannot be told yet, as its schema is not here. */
final class SchemaMissingException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    SchemaMissingException(String message) {
        super(message);
    }
}
