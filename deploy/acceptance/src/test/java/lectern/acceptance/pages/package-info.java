/** What the web pages do in a real browser. */
package lectern.acceptance.pages;
