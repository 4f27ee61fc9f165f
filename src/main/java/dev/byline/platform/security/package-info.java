/// Access control: tokens, scopes, ownership, refusals. The README of this package is the operator's guide.
package dev.byline.platform.security;
