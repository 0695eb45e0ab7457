package org.trustpaybridge.supervision;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes the ends that a process would have come to. */
public final class Endings implements Ending {

    private final List<String> reasons = new CopyOnWriteArrayList<>();

    @Override
    public void orderly(String why) {
        reasons.add("orderly: " + why);
    }

    @Override
    public void atOnce(String why) {
        reasons.add("at once: " + why);
    }

    /** How the process would have ended, and why, once for each time that it was said. */
    public List<String> reasons() {
        return List.copyOf(reasons);
    }
}
