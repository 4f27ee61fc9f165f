/// Dev mode only: none of it is in the production package.
package dev.byline.platform.development;
