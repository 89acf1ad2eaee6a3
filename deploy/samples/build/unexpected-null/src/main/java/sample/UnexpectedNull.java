package sample;

class UnexpectedNull {

	String name() {
		return null;
	}

}
