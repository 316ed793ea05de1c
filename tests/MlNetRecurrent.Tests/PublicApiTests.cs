using System.Reflection;

namespace MlNetRecurrent.Tests;

public sealed class PublicApiTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void No_internal_type_of_MLNET_is_seen_by_users()
    {
        IEnumerable<string> leaks =
            from type in typeof(RecurrentTrainer).Assembly.GetExportedTypes()
            from member in type.GetMembers(Declared).Where(IsSeen)
            from used in TypesOf(member).SelectMany(Parts)
            where !used.IsVisible
            select $"{type.Name}.{member.Name}: {used.FullName}";
        Assert.Empty(leaks);
    }

    [Fact]
    public void No_base_type_or_interface_of_a_public_type_is_internal_to_MLNET_unless_it_is_needed()
    {
        IEnumerable<Type> hidden = typeof(RecurrentTrainer).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetInterfaces().Append(type.BaseType ?? typeof(object)))
            .SelectMany(Parts)
            .Where(type => !type.IsVisible);
        Assert.Equal(["Microsoft.ML.ISingleFeaturePredictionTransformer"], hidden.Select(type => type.FullName));
    }

    [Fact]
    public void The_check_sees_internals()
    {
        MethodInfo internalMethod = typeof(Microsoft.ML.ModelSaveContext).GetMethod("SetVersionInfo", Declared)!;
        Assert.Contains(TypesOf(internalMethod).SelectMany(Parts), type => !type.IsVisible);
    }

    [Fact]
    public void Extension_methods_are_in_MLNETs_namespace_and_all_else_in_ours()
    {
        foreach (Type type in typeof(RecurrentTrainer).Assembly.GetExportedTypes())
            Assert.Equal(type.IsAbstract && type.IsSealed ? "Microsoft.ML" : "MlNetRecurrent", type.Namespace);
    }

    private static bool IsSeen(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsSeen),
        EventInfo @event => IsSeen(@event.AddMethod!),
        Type type => type.IsNestedPublic || type.IsNestedFamily,
        _ => true,
    };

    private static IEnumerable<Type> TypesOf(MemberInfo member) => member switch
    {
        MethodInfo method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType),
        ConstructorInfo constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType),
        PropertyInfo property => [property.PropertyType],
        FieldInfo field => [field.FieldType],
        EventInfo @event => [@event.EventHandlerType!],
        _ => [],
    };

    /// <summary>The type and all that it is made of.</summary>
    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.IsGenericParameter)
            return [];
        IEnumerable<Type> inner = type.GetGenericArguments();
        if (type.HasElementType)
            inner = inner.Append(type.GetElementType()!);
        return inner.SelectMany(Parts).Append(type);
    }
}
