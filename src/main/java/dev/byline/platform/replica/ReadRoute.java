package dev.byline.platform.replica;

import jakarta.enterprise.context.RequestScoped;

/// Where the statements of the current request go: to the primary, unless it is a read that the replica may answer.
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
