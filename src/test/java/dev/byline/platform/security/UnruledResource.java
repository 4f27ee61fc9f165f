package dev.byline.platform.security;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;

/// A resource that says nothing of who may call it, as one would be that somebody adds and forgets to rule.
@Path("/unruled")
public class UnruledResource {

    @GET
    @Operation(hidden = true)
    public String get() {
        return "read";
    }

    @POST
    @Operation(hidden = true)
    public String write() {
        return "written";
    }
}
