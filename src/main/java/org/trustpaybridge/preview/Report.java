package org.trustpaybridge.preview;

/** Shows previews, one by one as they are made. */
interface Report {

    void show(Preview preview);

    /** Called once, after the last one. */
    void end();
}
