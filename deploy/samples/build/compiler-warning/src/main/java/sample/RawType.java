package sample;

import java.util.List;

class RawType {

	final List names = List.of();

}
