// The only place that knows the library's version. It is that of the pom.
export { html, nothing, render, svg } from '../_static/lit-html/3.3.1/lit-html.js';
export { keyed } from '../_static/lit-html/3.3.1/directives/keyed.js';
