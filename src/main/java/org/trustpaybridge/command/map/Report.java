package org.trustpaybridge.command.map;

/** Shows previews, one by one as they are made. */
interface Report {

    /** @param visible whether it is shown; it is counted either way */
    void add(Preview preview, boolean visible);

    /** Called once, after the last one. */
    void end();
}
