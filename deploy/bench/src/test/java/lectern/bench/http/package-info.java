@NullMarked
package lectern.bench.http;

import org.jspecify.annotations.NullMarked;
