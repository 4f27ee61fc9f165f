package dev.byline.platform.replica;

import dev.byline.platform.framework.RequestLocal;

/// The server for the statements of the current request: the primary, unless the replica may answer this read.
public final class ReadRoute {

    private static final RequestLocal<ReadRoute> CURRENT = new RequestLocal<>(ReadRoute::new);

    private boolean replica;

    private ReadRoute() {}

    public static ReadRoute current() {
        return CURRENT.get();
    }

    public boolean isReplica() {
        return replica;
    }

    void toReplica() {
        replica = true;
    }

    void toPrimary() {
        replica = false;
    }
}
