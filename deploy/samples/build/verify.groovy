// Every module must have been refused, and for its own reason.
def reasons = [
	'unformatted-code': 'Formatting violations found',
	'wrong-import-order': '[SpringImportOrder]',
	'compiler-warning': '[rawtypes] found raw type: List',
	'unexpected-null': '[NullAway] returning @Nullable expression',
	'nullable-type-argument': '[NullAway] incompatible types: List<@Nullable String> cannot be converted to List<String>',
	'package-without-null-marking': '[RequireExplicitNullMarking]',
	'two-versions-of-a-dependency': 'Dependency convergence error',
]
List<String> log = new File(basedir, 'build.log').readLines()
reasons.each { module, reason ->
	assert log.any { it.contains("sample-${module} ") && it.contains('FAILURE') } : "${module} was not refused"
	assert log.any { it.contains(reason) } : "${module} was not refused for this reason: ${reason}"
}
return true
