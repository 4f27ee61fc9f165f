package dev.byline.platform.replica;

import jakarta.enterprise.context.RequestScoped;

/// The server for the statements of the current request: the primary, unless the replica may answer this read.
@RequestScoped
public class ReadRoute {

    private boolean replica;

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
