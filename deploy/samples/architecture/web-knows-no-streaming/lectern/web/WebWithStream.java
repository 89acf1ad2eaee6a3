package lectern.web;

public class WebWithStream {

	Object stream = lectern.streaming.sse.StreamPart.class;

}
