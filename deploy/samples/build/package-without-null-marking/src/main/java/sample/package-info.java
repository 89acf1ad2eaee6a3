/** A sample. */
package sample;
