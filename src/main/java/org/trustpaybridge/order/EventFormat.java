package org.trustpaybridge.order;

import java.util.List;
import java.util.Objects;

/** How values of records are written, where they are not JSON as it is. Safe for use by several threads. */
@FunctionalInterface
public interface EventFormat {

    /**
     * @param event a record's value and headers
     * @return the same as JSON, or why not. Never waits, never throws
     */
    Decoded decode(IncomingEvent event);

    /** What came of it. */
    sealed interface Decoded {

        /**
         * It could be read.
         *
         * @param event the value as JSON, with its headers
         */
        record AsJson(IncomingEvent event) implements Decoded {
        }

        /** What is needed to read it is not here yet; it is being fetched. */
        record NotYet() implements Decoded {
        }

        /**
         * It can never be read.
         *
         * @param violations why; at least one
         */
        record Undecodable(List<Violation> violations) implements Decoded {

            public Undecodable {
                violations = List.copyOf(violations);
                Objects.checkIndex(0, violations.size());
            }

            /**
             * @param field    where
             * @param found    what is there
             * @param expected what should be
             * @return one violation
             */
            public static Undecodable of(String field, String found, String expected) {
                return new Undecodable(List.of(new Violation(field, "found " + found + ", expected " + expected)));
            }
        }
    }
}
