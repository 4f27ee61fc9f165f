/// Who may do what: tokens, scopes, ownership, refusals. Its README is the operator's guide.
package dev.byline.platform.security;
