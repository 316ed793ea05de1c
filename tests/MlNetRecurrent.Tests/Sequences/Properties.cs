using FsCheck;
using FsCheck.Fluent;

namespace MlNetRecurrent.Tests.Sequences;

/// <summary>Checks what must hold for all cases on many of them, the same ones each time.</summary>
internal static class Properties
{
    public static void Hold<T>(Gen<T> cases, Action<T> check) =>
        Prop.ForAll(cases.ToArbitrary(), check).Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(1, 3));

    public static Gen<int> Between(int least, int most) => Gen.Choose(least, most);
}
