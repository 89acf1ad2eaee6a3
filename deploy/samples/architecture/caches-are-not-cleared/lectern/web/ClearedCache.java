package lectern.web;

public class ClearedCache {

	void clear(com.github.benmanes.caffeine.cache.Cache<String, String> cache) {
		cache.invalidateAll();
	}

}
