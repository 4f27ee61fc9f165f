import dev.byline.client.ApiClient;
import dev.byline.client.ApiException;
import dev.byline.client.api.PostsApi;
import dev.byline.client.api.PostsApi.APIDeletePostRequest;
import dev.byline.client.api.PostsApi.APIImportUserPostsRequest;
import dev.byline.client.api.PostsApi.APIListPostsRequest;
import dev.byline.client.api.PostsApi.APIUpdatePostRequest;
import dev.byline.client.api.UsersApi;
import dev.byline.client.api.UsersApi.APICreateUserRequest;
import dev.byline.client.api.UsersApi.APIDeleteUserRequest;
import dev.byline.client.model.Post;
import dev.byline.client.model.PostPatch;
import dev.byline.client.model.Problem;
import dev.byline.client.model.UserInput;
import dev.byline.client.model.UserPostInput;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a client does with users and posts, with the classes that the generator has made of the OpenAPI document.
public final class Check {

    private static final Pattern NEXT = Pattern.compile("[?&]cursor=([^&>]*)[^>]*>; rel=\"next\"");

    private Check() {}

    public static void main(String[] arguments) throws Exception {
        var client = new ApiClient();
        client.updateBaseUri(System.getenv("BYLINE_URL"));
        client.setRequestInterceptor(request ->
                request.header("Authorization", "Bearer " + System.getenv("BYLINE_TOKEN")));
        var users = new UsersApi(client);
        var posts = new PostsApi(client);

        var user = users.createUser(APICreateUserRequest.newBuilder()
                .userInput(new UserInput().name("Ada").age(36))
                .build());
        var imported = posts.importUserPosts(APIImportUserPostsRequest.newBuilder()
                .id(user.getId())
                .userPostInput(Stream.of("Note 1", "Note 2", "Note 3", "Other")
                        .map(title -> new UserPostInput().title(title).content("Text"))
                        .toList())
                .build());
        require(imported.getCreated() == 4, imported);

        var notes = new ArrayList<Post>();
        var cursor = Optional.<String>empty();
        do {
            var page = posts.listPostsWithHttpInfo(APIListPostsRequest.newBuilder()
                    .userId(List.of(user.getId()))
                    .titleStartsWith("Note")
                    .sort("-title")
                    .limit(2)
                    .cursor(cursor.orElse(null))
                    .build());
            notes.addAll(page.getData());
            cursor = next(HttpHeaders.of(page.getHeaders(), (name, value) -> true));
        } while (cursor.isPresent());
        require(notes.stream().map(Post::getTitle).toList().equals(List.of("Note 3", "Note 2", "Note 1")), notes);

        var note = notes.getFirst();
        var update = APIUpdatePostRequest.newBuilder()
                .id(note.getId())
                .ifMatch("\"" + note.getVersion() + "\"")
                .postPatch(new PostPatch().title("Changed"))
                .build();
        var changed = posts.updatePost(update);
        require(changed.getTitle().equals("Changed") && changed.getVersion() == note.getVersion() + 1, changed);
        try {
            posts.updatePost(update);
            throw new AssertionError("The second write is of an old version, and was not refused");
        } catch (ApiException refusal) {
            var problem = client.getObjectMapper().readValue(refusal.getResponseBody(), Problem.class);
            require(refusal.getCode() == 412 && problem.getType() == Problem.TypeEnum.STALE, problem);
        }

        for (var post : posts.listPosts(APIListPostsRequest.newBuilder().userId(List.of(user.getId())).build())) {
            posts.deletePost(APIDeletePostRequest.newBuilder().id(post.getId()).build());
        }
        users.deleteUser(APIDeleteUserRequest.newBuilder().id(user.getId()).build());
    }

    private static Optional<String> next(HttpHeaders headers) {
        return headers.firstValue("Link").flatMap(link -> NEXT.matcher(link).results()
                .map(match -> match.group(1))
                .findFirst());
    }

    private static void require(boolean holds, Object found) {
        if (!holds) {
            throw new AssertionError("Not what was expected: " + found);
        }
    }
}
