package lectern.gateway.limit;

import lectern.web.setting.SettingConstraints;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many requests one address, which is an IPv4 address or an IPv6 network (/64), and
 * one reader may send. Each gateway counts for itself.
 *
 * @param readsPerAddress pages, files and resources that one address may read in a
 * minute; so many at once, and as many again in each minute. 0 is no limit
 * @param readsPerReader the same for one reader at all addresses
 * @param searchesPerAddress searches, and lists of books, topics and authors with
 * parameters, of one address in a minute; 0 is no limit
 * @param searchesPerReader the same for one reader
 * @param writesPerAddress requests of one address in a minute that may change something;
 * 0 is no limit
 * @param writesPerReader the same for one reader
 * @param signInsPerAddress sign-ins, renewals of tokens and registrations of one address
 * in a minute, successful or not; 0 is no limit
 * @param transfersPerAddress exports and imports that one address may begin in a minute;
 * 0 is no limit
 * @param transfersPerReader the same for one reader
 * @param openTransfersPerAddress exports and imports of one address that run at once; 0
 * is no limit
 * @param openTransfersPerReader the same for one reader
 */
@ConfigurationProperties("lectern.limits")
record RequestLimitSettings(@DefaultValue("300000") int readsPerAddress, @DefaultValue("120000") int readsPerReader,
		@DefaultValue("60000") int searchesPerAddress, @DefaultValue("12000") int searchesPerReader,
		@DefaultValue("300000") int writesPerAddress, @DefaultValue("30000") int writesPerReader,
		@DefaultValue("3000") int signInsPerAddress, @DefaultValue("600") int transfersPerAddress,
		@DefaultValue("300") int transfersPerReader, @DefaultValue("3") int openTransfersPerAddress,
		@DefaultValue("2") int openTransfersPerReader) {

	RequestLimitSettings {
		SettingConstraints.requireAtLeast(0, "reads-per-address", readsPerAddress);
		SettingConstraints.requireAtLeast(0, "reads-per-reader", readsPerReader);
		SettingConstraints.requireAtLeast(0, "searches-per-address", searchesPerAddress);
		SettingConstraints.requireAtLeast(0, "searches-per-reader", searchesPerReader);
		SettingConstraints.requireAtLeast(0, "writes-per-address", writesPerAddress);
		SettingConstraints.requireAtLeast(0, "writes-per-reader", writesPerReader);
		SettingConstraints.requireAtLeast(0, "sign-ins-per-address", signInsPerAddress);
		SettingConstraints.requireAtLeast(0, "transfers-per-address", transfersPerAddress);
		SettingConstraints.requireAtLeast(0, "transfers-per-reader", transfersPerReader);
		SettingConstraints.requireAtLeast(0, "open-transfers-per-address", openTransfersPerAddress);
		SettingConstraints.requireAtLeast(0, "open-transfers-per-reader", openTransfersPerReader);
	}

	int perAddress(RequestCost cost) {
		return switch (cost) {
			case READ -> this.readsPerAddress;
			case SEARCH -> this.searchesPerAddress;
			case WRITE -> this.writesPerAddress;
			case SIGN_IN -> this.signInsPerAddress;
			case TRANSFER -> this.transfersPerAddress;
		};
	}

	/** Who signs in is not a reader yet. */
	int perReader(RequestCost cost) {
		return switch (cost) {
			case READ -> this.readsPerReader;
			case SEARCH -> this.searchesPerReader;
			case WRITE -> this.writesPerReader;
			case SIGN_IN -> 0;
			case TRANSFER -> this.transfersPerReader;
		};
	}

}
