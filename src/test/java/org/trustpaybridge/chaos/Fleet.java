package org.trustpaybridge.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.trustpaybridge.testkit.BridgeProcess;
import org.trustpaybridge.testkit.ProcessRig;
import org.trustpaybridge.testkit.Topics;

/** The bridges of a run. Used by one thread at a time. */
final class Fleet {
    private static final Duration STOP = Duration.ofSeconds(60);

    private final ProcessRig rig;
    private final Topics topics;
    private final Map<String, String> settings;
    private final List<BridgeProcess> running = new ArrayList<>();
    private final List<BridgeProcess> paused = new ArrayList<>();
    private final List<BridgeProcess> told = new ArrayList<>();
    private int killed;

    Fleet(ProcessRig rig, Topics topics, Map<String, String> settings) {
        this.rig = rig;
        this.topics = topics;
        this.settings = settings;
    }

    BridgeProcess join() {
        BridgeProcess bridge = rig.startBridge(topics, settings);
        running.add(bridge);
        return bridge;
    }

    void kill(int victim) {
        BridgeProcess bridge = running.remove(victim % running.size());
        bridge.process().kill();
        bridge.process().awaitExit(STOP);
        killed++;
    }

    /** Java itself answers a SIGTERM that comes before the bridge has begun to listen to it. */
    void leave(int victim) {
        BridgeProcess bridge = running.remove(victim % running.size()).awaitUp();
        bridge.process().terminate();
        told.add(bridge);
    }

    /** Ends all that run, in good order. @return how many there were, to be started again */
    int leaveAll() {
        int count = running.size();
        while (!running.isEmpty()) {
            leave(0);
        }
        told.forEach(bridge -> bridge.process().awaitExit(STOP));
        return count;
    }

    /** SIGSTOP; until it is resumed nothing else happens to this one. */
    BridgeProcess pause(int victim) {
        BridgeProcess bridge = running.remove(victim % running.size());
        bridge.process().pause();
        paused.add(bridge);
        return bridge;
    }

    void resume(BridgeProcess bridge) {
        bridge.process().resume();
        paused.remove(bridge);
        running.add(bridge);
    }

    boolean hasVictim() {
        return !running.isEmpty();
    }

    int size() {
        return running.size() + paused.size();
    }

    int killed() {
        return killed;
    }

    /** Those that ended though nobody told them to. */
    List<String> fallen() {
        return running.stream().filter(bridge -> !bridge.process().isAlive())
            .map(bridge -> "pid " + bridge.process().pid() + " exited with " + bridge.process().exitCode()).toList();
    }

    /** Tells all to stop, and waits for them and for those told before. */
    List<String> stopAll() {
        while (!running.isEmpty()) {
            leave(0);
        }
        List<String> bad = new ArrayList<>();
        for (BridgeProcess bridge : told) {
            int code = bridge.process().awaitExit(STOP);
            if (code != 0) {
                bad.add("pid " + bridge.process().pid() + " exited with " + code + " after SIGTERM");
            }
        }
        return bad;
    }
}
