namespace System.Runtime.CompilerServices;

/// <summary>
/// Tells the runtime to let this assembly use the internal members of another; the runtime knows the attribute by its name.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
{
    public string AssemblyName { get; } = assemblyName;
}
