using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MlNetRecurrent.Onnx.Tests.Architecture;

/// <summary>The types that the code of a type names.</summary>
internal static class TypeReferences
{
    /// <param name="type">The type, without those that are nested in it.</param>
    public static IEnumerable<TypeReference> Of(TypeDefinition type) =>
        Parts(type).OfType<TypeReference>().SelectMany(Flat).Distinct();

    private static IEnumerable<TypeReference?> Parts(TypeDefinition type)
    {
        yield return type.BaseType;
        foreach (InterfaceImplementation implemented in type.Interfaces)
            yield return implemented.InterfaceType;
        foreach (CustomAttribute attribute in type.CustomAttributes)
            yield return attribute.AttributeType;
        foreach (GenericParameterConstraint constraint in type.GenericParameters.SelectMany(parameter => parameter.Constraints))
            yield return constraint.ConstraintType;
        foreach (FieldDefinition field in type.Fields)
            yield return field.FieldType;
        foreach (TypeReference? part in type.Methods.SelectMany(Parts))
            yield return part;
    }

    private static IEnumerable<TypeReference?> Parts(MethodDefinition method)
    {
        yield return method.ReturnType;
        foreach (ParameterDefinition parameter in method.Parameters)
            yield return parameter.ParameterType;
        foreach (GenericParameterConstraint constraint in method.GenericParameters.SelectMany(parameter => parameter.Constraints))
            yield return constraint.ConstraintType;
        if (!method.HasBody)
            yield break;
        foreach (VariableDefinition variable in method.Body.Variables)
            yield return variable.VariableType;
        foreach (Instruction instruction in method.Body.Instructions)
        {
            foreach (TypeReference? part in Operand(instruction.Operand))
                yield return part;
        }
    }

    private static IEnumerable<TypeReference?> Operand(object? operand) => operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod method => [method.DeclaringType, method.ReturnType, .. method.GenericArguments],
        MethodReference method =>
            [method.DeclaringType, method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType)],
        _ => [],
    };

    /// <summary>The type itself, what it is an array of or a reference to, and its arguments.</summary>
    private static IEnumerable<TypeReference> Flat(TypeReference type)
    {
        IEnumerable<TypeReference> arguments = type is GenericInstanceType instance ? instance.GenericArguments.SelectMany(Flat) : [];
        return type is TypeSpecification specification ? Flat(specification.ElementType).Concat(arguments) : [type];
    }
}
