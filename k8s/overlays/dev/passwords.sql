-- The passwords come from the Secrets, as environment variables.
\getenv app_password APP_PASSWORD
\getenv owner_password OWNER_PASSWORD
alter role byline_app password :'app_password';
alter role byline_owner password :'owner_password';
