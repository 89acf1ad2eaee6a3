package lectern.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/** A set of IP addresses and networks. */
public final class AddressRanges {

	private final List<IpSubnetFilterRule> ranges;

	/**
	 * @param ranges addresses, or networks in CIDR notation
	 * @throws IllegalArgumentException if one is neither
	 */
	public AddressRanges(List<String> ranges) {
		this.ranges = ranges.stream().map(AddressRanges::rule).toList();
	}

	/** Tell whether a text is an address, or a network in CIDR notation. */
	public static boolean isRange(String text) {
		try {
			rule(text);
			return true;
		}
		catch (IllegalArgumentException _) {
			return false;
		}
	}

	private static IpSubnetFilterRule rule(String range) {
		int slash = range.indexOf('/');
		InetAddress address = parse((slash < 0) ? range : range.substring(0, slash));
		if (address == null) {
			throw new IllegalArgumentException("'" + range + "' is not an IP address or network");
		}
		int prefix = (slash < 0) ? address.getAddress().length * Byte.SIZE
				: Integer.parseInt(range.substring(slash + 1));
		return new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT);
	}

	/** Tell whether an address is in one of the ranges. */
	public boolean contains(InetSocketAddress address) {
		return this.ranges.stream().anyMatch((range) -> range.matches(address));
	}

	/** Parse an address without asking a name server; null if it is none. */
	public static @Nullable InetAddress parse(String address) {
		return NetUtil.createInetAddressFromIpAddressString(address);
	}

}
