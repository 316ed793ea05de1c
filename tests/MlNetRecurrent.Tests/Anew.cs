using System.Collections;

namespace MlNetRecurrent.Tests;

/// <summary>Rows that are made anew each time they are gone through.</summary>
internal sealed class Anew(Func<IEnumerable<Example>> rows) : IEnumerable<Example>
{
    public IEnumerator<Example> GetEnumerator() => rows().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
